"""What newspapers count beside an article, and how they count the free ones, by language. Data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """Words of a language, in lower case. `things` are counted, `comments` may stand alone beside `fill`; `people` do the
    `reading`; of `articles` some are `left`. `fill` says nothing by itself. Votes, deaths and prices are never here."""

    things: str
    comments: str
    people: str = ""
    reading: str = ""
    articles: str = ""
    left: str = ""
    fill: str = ""


COUNTED = {
    "en": Counted(
        things="view views share shares like likes read reads reader readers retweets reactions replies claps "
        "pageviews hits",
        comments="comment comments",
        people="people readers others users visitors persons",
        reading="reading viewing watching shared like liked read viewed saved",
        articles="article articles story stories",
        left="left remaining free complimentary limit remain month read monthly last",
        fill="you've still just are is have has this that the now right currently online also you you've your of on "
        "a an to for in add post leave see all show read view join write be first and article story page times "
        "total time latest most discussion thousand so far today",
    ),
    "de": Counted(
        things="aufrufe aufruf mal geteilt likes leser lesern reaktionen zugriffe ansichten",
        comments="kommentar kommentare kommentaren",
        people="leser menschen personen nutzer leute leserinnen",
        reading="lesen gelesen geteilt teilten angesehen liest",
        articles="artikel artikeln beiträge",
        left="kostenlos kostenlosen kostenlose freie freien gratis übrig verbleibend verbleiben gelesen frei monat",
        fill="können monat diesen dieser dieses artikel gerade jetzt im sie haben noch von in diesem alle anzeigen "
        "lesen schreiben zu den und aktuell bisher mal beitrag wurde ihre ihnen keine zum diskutieren mit",
    ),
    "fr": Counted(
        things="vues vue partages partage lectures lecture likes réactions lecteurs",
        comments="commentaire commentaires",
        people="personnes lecteurs internautes personne",
        reading="lisent lit lu partagé consultent consulté",
        articles="article articles",
        left="gratuitement gratuits gratuit restant restants reste mois lus offerts",
        fill="ce-ci ci moins encore pouvez gratuitement cet ce article en moment actuellement il vous les le la de "
        "des un sur par ont a votre vos avez lu ajouter voir tous laisser publier lire et pour plus aucun",
    ),
    "es": Counted(
        things="visitas vistas veces compartido lecturas likes reacciones compartidos visualizaciones",
        comments="comentario comentarios",
        people="personas lectores usuarios",
        reading="leyendo leen lee compartido leído viendo",
        articles="artículo artículos notas noticias",
        left="gratis gratuitos gratuito quedan queda restantes mes leído restan",
        fill="le restan leyendo están esta este esto la el los nota artículo noticia ahora te le de en ha has han tu "
        "sus al ver todos dejar agregar añadir leer un y momento mensuales sin",
    ),
    "it": Counted(
        things="visualizzazioni condivisioni letture reazioni visite like",
        comments="commento commenti",
        people="persone lettori utenti",
        reading="leggendo letto condiviso stanno",
        articles="articolo articoli",
        left="gratuiti gratuito gratis rimasti rimangono restano mese",
        fill="questo articolo ora adesso in hai ancora di ti su il del tutti i vedi leggi lascia aggiungi un",
    ),
    "pt": Counted(
        things="visualizações compartilhamentos partilhas leituras curtidas visitas reações gostos",
        comments="comentário comentários",
        people="pessoas leitores usuários utilizadores",
        reading="lendo ler leram compartilharam a",
        articles="artigo artigos matérias reportagens",
        left="grátis gratuitos gratuito restam restantes mês resta",
        fill="estão esta este matéria artigo agora você tem ainda de neste os ver todos deixe deixar adicionar um o "
        "lhe sem",
    ),
    "nl": Counted(
        things="keer gedeeld weergaven likes lezers reacties",
        comments="reactie reacties",
        people="mensen lezers personen",
        reading="lezen gelezen gedeeld bekijken",
        articles="artikel artikelen",
        left="gratis over resterend maand",
        fill="kunt maand artikelen resteren dit deze artikel nu op moment je u hebt heeft nog van de alle bekijk "
        "plaats een geef toon lees",
    ),
    "sv": Counted(
        things="visningar delningar gilla läsare gillar",
        comments="kommentar kommentarer",
        people="personer läsare",
        reading="läser läst delat",
        articles="artikel artiklar",
        left="gratis kvar fria månad månaden kostnadsfria",
        fill="artikeln artiklar återstår just nu den här du har av denna visa alla skriv en läs och dina",
    ),
    "nb": Counted(
        things="visninger delinger liker lesere",
        comments="kommentar kommentarer",
        people="personer lesere",
        reading="leser lest delt",
        articles="artikkel artikler saker",
        left="gratis igjen måned måneden",
        fill="artikkelen akkurat akkurat nå denne du har av i vis alle skriv en les og dine",
    ),
    "da": Counted(
        things="visninger delinger læsere",
        comments="kommentar kommentarer",
        people="personer læsere",
        reading="læser læst delt",
        articles="artikel artikler",
        left="gratis tilbage måned måneden",
        fill="artiklen lige lige nu denne du har af i vis alle skriv en læs og dine",
    ),
    "fi": Counted(
        things="katselukertaa jakoa jakoja tykkäystä lukukertaa lukijaa",
        comments="kommentti kommenttia kommentit",
        people="ihmistä lukijaa henkilöä",
        reading="lukee lukenut jakanut",
        articles="artikkeli artikkelia juttua",
        left="ilmaista jäljellä kuussa ilmainen",
        fill="artikkelia juuri tätä parhaillaan nyt sinulla on tässä näytä kaikki kirjoita juttua artikkelia lue",
    ),
    "pl": Counted(
        things="wyświetleń wyświetlenia odsłon udostępnień polubień czytelników",
        comments="komentarz komentarze komentarzy",
        people="osób osoby czytelników",
        reading="czyta czytają przeczytało udostępniło",
        articles="artykuł artykuły artykułów",
        left="darmowych darmowe bezpłatnych pozostało zostało miesiącu",
        fill="teraz ten ci z w tym do dodaj zobacz wszystkie artykuł masz jeszcze",
    ),
    "cs": Counted(
        things="zobrazení sdílení přečtení čtenářů",
        comments="komentář komentáře komentářů",
        people="lidí čtenářů",
        reading="čte čtou přečetlo sdílelo",
        articles="článek články článků",
        left="zdarma zbývají zbývá měsíc",
        fill="právě tento vám z tento přidat zobrazit všechny článek nyní máte ještě",
    ),
    "ru": Counted(
        things="просмотров просмотра просмотр просмотры репостов прочтений лайков поделились",
        comments="комментарий комментария комментариев комментарии",
        people="человек читателей пользователей",
        reading="читают читает прочитали поделились",
        articles="статья статьи статей материалов",
        left="бесплатных бесплатные осталось месяце",
        fill="сейчас эту статью у вас из в этом все показать добавить оставить материал этот",
    ),
    "uk": Counted(
        things="переглядів перегляди переглядів поширень прочитань",
        comments="коментар коментарі коментарів",
        people="людей читачів осіб",
        reading="читають читає прочитали",
        articles="стаття статті статей",
        left="безкоштовних безкоштовні залишилося місяця",
        fill="зараз цю статтю у вас з цього всі показати додати",
    ),
    "tr": Counted(
        things="görüntülenme okunma paylaşım beğeni kez okundu",
        comments="yorum yorumlar",
        people="kişi okur okuyucu",
        reading="okuyor okudu paylaştı",
        articles="haberden makaleden yazıdan makale haber yazı",
        left="ücretsiz kaldı kalan",
        fill="haberden makaleden tanesi adet bu şu anda haberi bu ay tane tüm göster yap yaz makaleyi hakkınız ayda",
    ),
    "ar": Counted(
        things="مشاهدة مشاهدات مشاركة مشاركات قراءة إعجاب المشاهدات",
        comments="تعليق تعليقات التعليقات",
        people="شخص أشخاص قارئ شخصا شخصًا",
        reading="يقرأ يقرأون يقرؤون قرأ يشاهد",
        articles="مقال مقالات المقالات",
        left="مجانية مجاني متبقية المتبقية الشهر",
        fill="هذا المقال الآن لديك من هذه في تبقى لك أضف عدد عرض جميع الخبر",
    ),
    "he": Counted(
        things="צפיות שיתופים לייקים קוראים",
        comments="תגובה תגובות",
        people="אנשים קוראים גולשים",
        reading="קוראים קראו צופים",
        articles="כתבה כתבות מאמרים",
        left="חינם נותרו החודש חינמיות",
        fill="את הכתבה כעת עכשיו לך מתוך הזאת הזו כל הצג הוסף הוספת",
    ),
    "hi": Counted(
        things="व्यूज बार शेयर लाइक",
        comments="टिप्पणी टिप्पणियां टिप्पणियाँ कमेंट कमेंट्स",
        people="लोग पाठक",
        reading="पढ़ रहे पढ़ा देख",
        articles="लेख खबरें",
        left="मुफ्त मुफ़्त बचे शेष",
        fill="इस यह अभी हैं है को खबर में से आपके पास इस महीने सभी देखें करें",
    ),
    "el": Counted(
        things="προβολές κοινοποιήσεις αναγνώσεις",
        comments="σχόλιο σχόλια",
        people="άτομα αναγνώστες άνθρωποι",
        reading="διαβάζουν διάβασαν",
        articles="άρθρο άρθρα",
        left="δωρεάν απομένουν μήνα",
        fill="αυτό το τώρα σας από τα αυτόν τον όλα δείτε προσθήκη έχετε ακόμη",
    ),
    "hu": Counted(
        things="megtekintés megosztás kedvelés olvasás",
        comments="hozzászólás hozzászólások komment komment",
        people="ember olvasó",
        reading="olvassa olvasta",
        articles="cikk cikke cikket",
        left="ingyenes maradt hónapban",
        fill="most ezt a az ebben még van összes cikket",
    ),
    "ro": Counted(
        things="vizualizări distribuiri afișări citiri",
        comments="comentariu comentarii",
        people="persoane cititori oameni",
        reading="citesc citit",
        articles="articol articole",
        left="gratuite gratuit rămase luna",
        fill="acest acum au de din mai ai toate vezi adaugă un această",
    ),
    "id": Counted(
        things="dilihat tayangan dibagikan suka pembaca",
        comments="komentar",
        people="orang pembaca",
        reading="membaca sedang",
        articles="artikel",
        left="gratis tersisa bulan",
        fill="ini kali sekarang anda memiliki dari lihat semua tulis x",
    ),
    "vi": Counted(
        things="lượt xem chia sẻ thích",
        comments="bình luận",
        people="người",
        reading="đang đọc",
        articles="bài viết",
        left="miễn phí còn lại tháng",
        fill="này nay bạn trong tất cả gửi",
    ),
    "zh": Counted(
        things="阅读 浏览 阅读量 浏览量 分享 点赞 次阅读 次浏览 播放",
        comments="评论 条评论 跟帖",
        people="人 位读者 用户",
        reading="正在阅读 在读 看过 阅读本文",
        articles="篇 文章 篇文章",
        left="免费 剩余 还可",
        fill="次 本 本月 您 还 有 可 的 阅读 查看 全部 已 条",
    ),
    "hant": Counted(
        things="閱讀 瀏覽 閱讀量 瀏覽量 分享 按讚 次閱讀 人氣",
        comments="留言 則留言 評論 條評論",
        people="人 位讀者",
        reading="正在閱讀 看過",
        articles="篇 文章 篇文章",
        left="免費 剩餘",
        fill="次 本 本月 您 還 有 可 的 閱讀 查看 全部 已 則",
    ),
    "ja": Counted(
        things="いいね シェア 閲覧 回閲覧 ビュー 閲覧数",
        comments="コメント",
        people="人 名 読者",
        reading="読んでいます 閲覧中 閲覧しています",
        articles="記事 無料記事 本",
        left="無料 残り あと 無料記事 今月",
        fill="件 の が を この 記事 現在 今 回 見る すべて 月 は で す です 読める 中",
    ),
    "ko": Counted(
        things="조회 조회수 공유 좋아요 추천",
        comments="댓글",
        people="명 명이 독자",
        reading="읽고 보고 있습니다",
        articles="기사 무료기사",
        left="무료 남은 남았습니다",
        fill="개 회 이 현재 지금 를 이번 달 의 전체 보기 쓰기 건 중",
    ),
}
