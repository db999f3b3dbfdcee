# ruff: noqa: E501
"""What newspapers call their own parts, by language: adverts, buttons to share with, lists of other texts. Data.

Each is a whole line, in lower case and without marks; lines are parted by commas.
"""

from __future__ import annotations

ADVERTS = """
advertisement, advertisements, advertising, ad, sponsored, sponsored content, promoted, paid content, paid post, ad feedback,
advertisement scroll to continue, scroll to continue, advertisement continue reading, continue reading the main story,
anzeige, werbung, anzeigen, publicité, annonce publicitaire, pub, publicidad, publicidade, anuncio, anúncio, pubblicità,
advertentie, reclame, annons, reklam, annonse, annonce, mainos, mainoksia, reklama, artykuł sponsorowany, inzerce, reklama a,
реклама, на правах рекламы, реклама продовження нижче, reklamlar, ilan, إعلان, إعلانات, اعلان, פרסומת, תוכן שיווקי, विज्ञापन,
διαφήμιση, hirdetés, publicitate, advertorial, iklan, advertisement scroll to continue with content, quảng cáo, 广告, 推广, 廣告,
広告, pr, スポンサーリンク, スポンサードリンク, 광고, โฆษณา, تبلیغات, publicitat, oglas
"""
SHARES = """
share, share this, share this article, share this story, share this post, share article, share on facebook, share on twitter,
email this, print this, print article, copy link, link copied, copy url, save article, save for later, bookmark, tweet, pin it,
gift this article, give this article, listen to article, listen to this article, follow us,
teilen, artikel teilen, diesen artikel teilen, beitrag teilen, drucken, artikel drucken, merken, link kopieren, vorlesen,
partager, partager cet article, partagez, partager sur facebook, partager sur twitter, imprimer, copier le lien, envoyer par mail,
enregistrer, écouter l'article, compartir, compartir en facebook, comparte, compartir esta nota, compartir artículo, imprimir,
copiar enlace, copiar link, guardar, escuchar artículo, compartilhar, compartilhe, compartilhe esta matéria, partilhar, partilhe,
copiar o link, ouvir artigo, ouça este conteúdo, condividi, condividi questo articolo, condividi su facebook, stampa, copia link,
salva, deel, deel dit artikel, delen, deel op facebook, afdrukken, kopieer link, bewaar, dela, dela artikel, dela artikeln,
dela på facebook, kopiera länk, spara, skriv ut, del, del artikkelen, del på facebook, kopier lenke, lagre, del artikel,
del artiklen, del på twitter, kopier link, gem, jaa, jaa artikkeli, jaa facebookissa, kopioi linkki, tallenna, tulosta,
udostępnij, udostępnij artykuł, udostępnij na facebooku, kopiuj link, zapisz, drukuj, sdílet, sdílet článek, sdílet na facebooku,
kopírovat odkaz, uložit, vytisknout, поделиться, поделиться новостью, поделиться в соцсетях, скопировать ссылку, распечатать,
поділитися, поширити, скопіювати посилання, paylaş, haberi paylaş, bağlantıyı kopyala, yazdır, kaydet, شارك, مشاركة, شارك الخبر,
شارك المقال, نسخ الرابط, طباعة, حفظ, שתף, שתפו, שיתוף, שתפו את הכתבה, העתק קישור, הדפסה, שמירה, शेयर करें, साझा करें, प्रिंट करें,
κοινοποίηση, μοιράσου το, κοινοποίησε το, εκτύπωση, αντιγραφή συνδέσμου, megosztás, megosztom, nyomtatás, link másolása, mentés,
distribuie, distribuie articolul, trimite, tipărește, copiază linkul, bagikan, bagikan artikel, salin tautan, simpan, cetak,
chia sẻ, chia sẻ bài viết, sao chép liên kết, lưu, in bài viết, 分享, 分享到, 分享至, 复制链接, 收藏, 打印, 複製連結, 列印,
シェア, シェアする, この記事をシェア, この記事をシェアする, ツイート, ツイートする, 印刷, 印刷する, リンクをコピー, 保存,
공유, 공유하기, 기사 공유, 기사 공유하기, 인쇄, 인쇄하기, 링크 복사, 스크랩, แชร์, แชร์ข่าวนี้, اشتراک گذاری, comparteix, podijeli
"""
LEADS = """
related, related articles, related article, related stories, related story, related news, related posts, related post,
related links, related topics, related content, related coverage, related reading, related videos, related items, related tags,
related pages, read more, read next, read also, also read, see also, see more, more stories, more news, more like this,
more on this story, more on this topic, more on this, more from this author, more from this section, more from the author,
more from this series, you may also like, you might also like, recommended for you, recommended stories, recommended reading,
up next, what to read next, don't miss, must read, join the conversation, join the discussion, comments are closed, show comments, hide comments, editors' picks, editor's picks, most read, most read stories, continue reading,
back to top, return to top, go to top, back to the top, return to the top,
lesen sie auch, lesen sie mehr, das könnte sie auch interessieren, auch interessant, mehr zum thema, mehr zu diesem thema,
weiterlesen, zum thema, ähnliche artikel, meistgelesen, meistgelesene artikel, weitere artikel, nach oben, mehr lesen,
verwandte artikel, verwandte themen, empfohlene artikel,
lire aussi, à lire aussi, lire la suite, à lire également, sur le même sujet, articles liés, voir aussi, à voir aussi,
les plus lus, plus d'articles, vous aimerez aussi, à ne pas manquer, haut de page, retour en haut, articles similaires,
lea también, lee también, leer más, lea más, te puede interesar, le puede interesar, notas relacionadas, noticias relacionadas,
artículos relacionados, más leídas, lo más leído, más información, ver también, ver más, te recomendamos, también te puede interesar,
volver arriba, seguir leyendo, contenido relacionado,
leggi anche, leggi tutto, leggi di più, articoli correlati, i più letti, potrebbe interessarti, potrebbe interessarti anche,
ti potrebbe interessare, vedi anche, torna su, notizie correlate,
leia também, leia mais, veja também, notícias relacionadas, artigos relacionados, saiba mais, mais lidas, mais lidos,
continua após a publicidade, recomendado para você, você pode gostar, voltar ao topo, ler mais, conteúdos relacionados,
lees ook, lees meer, lees verder, meer over dit onderwerp, gerelateerde artikelen, meest gelezen, bekijk ook, naar boven,
läs också, läs även, läs mer, mer om ämnet, relaterade artiklar, mest läst, mest lästa, till toppen, fler artiklar,
les også, les mer, relaterte artikler, relaterte saker, mest lest, til toppen, flere saker, se også,
læs også, læs mere, relaterede artikler, mest læste, til toppen af siden, flere artikler, mere om emnet,
lue myös, lue lisää, aiheesta lisää, luetuimmat, katso myös, lisää aiheesta, sivun alkuun,
czytaj też, czytaj także, czytaj również, zobacz też, zobacz także, zobacz również, przeczytaj także, przeczytaj też,
czytaj więcej, powiązane artykuły, najczęściej czytane, polecane artykuły, do góry,
čtěte také, čtěte více, přečtěte si také, mohlo by vás zajímat, související články, nejčtenější, nahoru, viz také,
читайте также, читать далее, читать также, читать дальше, смотрите также, похожие статьи, материалы по теме, по теме, ещё по теме,
самое читаемое, популярное, рекомендуем, наверх, читайте також, читати далі, дивіться також, матеріали за темою, за темою,
схожі новини, найпопулярніше, вгору, ilgili haberler, ilginizi çekebilir, bunlar da ilginizi çekebilir, devamını oku,
benzer haberler, çok okunanlar, en çok okunanlar, sıradaki haber, başa dön, önerilen haberler,
اقرأ أيضا, اقرأ أيضًا, اقرأ المزيد, مواضيع ذات صلة, أخبار ذات صلة, مقالات ذات صلة, الأكثر قراءة, شاهد أيضا, شاهد أيضًا,
קראו גם, קראו עוד, קרא עוד, כתבות נוספות, כתבות קשורות, אולי יעניין אותך, הנקראות ביותר, עוד בנושא, חזרה למעלה,
यह भी पढ़ें, ये भी पढ़ें, और पढ़ें, संबंधित खबरें, संबंधित खबर, सबसे ज्यादा पढ़ी गई, आगे पढ़ें, इसे भी पढ़ें,
διαβάστε επίσης, διαβάστε ακόμα, διαβάστε ακόμη, διαβάστε περισσότερα, σχετικά άρθρα, δείτε επίσης, δημοφιλή,
olvassa el ezt is, olvasd el ezt is, kapcsolódó cikkek, ez is érdekelheti, legolvasottabb, tovább, további cikkek,
citește și, citeşte şi, citiți și, citește mai mult, articole similare, știri similare, te-ar putea interesa, cele mai citite,
baca juga, baca selengkapnya, berita terkait, artikel terkait, terpopuler, lihat juga, selengkapnya, baca lainnya,
xem thêm, đọc thêm, tin liên quan, bài viết liên quan, đọc nhiều nhất, tin cùng chuyên mục, có thể bạn quan tâm,
相关阅读, 相关新闻, 相关文章, 延伸阅读, 推荐阅读, 更多阅读, 阅读更多, 热门文章, 返回顶部, 热门推荐,
相關閱讀, 相關新聞, 相關文章, 延伸閱讀, 推薦閱讀, 閱讀更多, 熱門文章, 看更多, 更多新聞,
関連記事, あわせて読みたい, こちらもおすすめ, おすすめ記事, 続きを読む, 関連リンク, 人気記事, よく読まれている記事, 人気の記事, アクセスランキング, もっと見る, トップへ戻る, 関連ニュース,
관련기사, 관련 기사, 관련뉴스, 관련 뉴스, 더 보기, 더보기, 많이 본 뉴스, 많이 본 기사, 추천 기사, 추천기사, 맨 위로,
ข่าวที่เกี่ยวข้อง, อ่านเพิ่มเติม, อ่านต่อ, อ่านข่าวเพิ่มเติม, بیشتر بخوانید, مطالب مرتبط, llegeix també, pročitajte još, pročitajte i
"""
# These may be a heading of the article's own, too.
OPEN_LEADS = """
recommended, trending, trending now, most popular, popular, loading, please wait, close, menu, search, comments, watch, listen, more,
print, e-mail, email, save, pin, home, next, previous
"""
# These are moments, and come before any text.
MOMENTS = """
just now, moments ago, a moment ago, a few moments ago, gerade eben, soeben, eben gerade, vor wenigen augenblicken, à l'instant,
il y a un instant, il y a quelques instants, hace un momento, hace instantes, hace unos instantes, agora mesmo, há instantes,
poco fa, proprio ora, zojuist, zonet, just nu, nyss, akkurat nå, netop nu, lige nu, juuri äsken, przed chwilą, chwilę temu,
právě teď, před chvílí, только что, щойно, az önce, şimdi, قبل لحظات, منذ لحظات, للتو, לפני רגע, अभी अभी, μόλις τώρα, éppen most,
az imént, chiar acum, baru saja, vừa xong, 刚刚, 刚才, 剛剛, たった今, 방금, 방금 전
"""
