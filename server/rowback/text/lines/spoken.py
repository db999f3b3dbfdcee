"""What newspapers say around a date, by language, where no calendar has it: updated, published, today, reading time. Data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of a language, in lower case. `updated` may stand without a date, `dated` only before one; `near` are days and
    moments without a number; `spans` are of up to a day; `ones` stand for the number one; `months` are other names of these;
    `fill` says nothing by itself."""

    updated: str
    dated: str = ""
    near: str = ""
    ago: str = ""
    spans: str = ""
    ones: str = ""
    reading: str = ""
    months: str = ""
    fill: str = ""


# In languages that are not here only what the calendar has is known.
SPOKEN = {
    "en": Spoken(
        updated="updated published posted modified edited uploaded",
        dated="update revised reviewed created publication first",
        near="today yesterday now just moments",
        spans="mins secs hrs",
        ones="a an one about over almost few",
        reading="listen watch read reading",
        months="sept",
        fill="estimated to last approximately date last latest originally this article story page post on at of the "
        "and was is time since as for by in from local st nd rd th show all updates o'clock est edt cst cdt mst mdt "
        "pst pdt et pt gmt utc bst ist cet cest aest aedt hkt sgt jst kst msk hst uk",
    ),
    "de": Spoken(
        updated="aktualisiert veröffentlicht publiziert geändert bearbeitet erstellt",
        dated="stand aktualisierung veröffentlichung erschienen update geändert erstmals online",
        near="heute gestern vorgestern soeben eben gerade",
        ones="einer einem eine ein etwa wenigen kurzem",
        reading="hören lesezeit lesedauer min lesen leseminuten",
        fill="datum zuletzt letzte letzten artikel text beitrag der dieser wurde am um vom von den das und seit zum "
        "jan. mez mesz ca online kurz dauer std zu",
    ),
    "fr": Spoken(
        updated="publié publiée mis mise actualisé actualisée modifié modifiée posté",
        dated="publication actualisation modification créé parution",
        near="aujourd'hui hier avant-hier instant l'instant",
        ones="une un environ plus",
        reading="écouter lecture lire temps",
        fill="à le la l article cet dernière derniere dernier jour a et été at de du depuis par pour il heure heures "
        "er en les dans date heure",
    ),
    "es": Spoken(
        updated="actualizado actualizada publicado publicada modificado modificada editado",
        dated="actualización publicación modificación creado",
        near="hoy ayer anteayer ahora recién",
        ones="un una unos unas aproximadamente",
        reading="escuchar lectura lee leer tiempo",
        months="set setiembre",
        fill="fecha última ultima último el la los las a de del y por en artículo nota noticia este esta hora horas "
        "fue hs est gmt cet cest hrs minutos para",
    ),
    "it": Spoken(
        updated="aggiornato aggiornata pubblicato pubblicata modificato modificata",
        dated="aggiornamento pubblicazione modifica ultim'ora creato",
        near="oggi ieri ora adesso poco",
        ones="un'ora un uno una un' circa pochi",
        reading="lettura leggere tempo",
        fill="data ultimo ultima ultim il lo la l alle all dalle del dell dello di e a ore ora articolo questo in "
        "data è stato modifica aggiornamento",
        spans="un'ora",
    ),
    "pt": Spoken(
        updated="atualizado atualizada actualizado actualizada publicado publicada modificado modificada postado "
        "editado",
        dated="atualização actualização publicação modificação criado",
        near="hoje ontem agora anteontem",
        ones="um uma uns umas cerca poucos",
        ago="atrás faz",
        reading="leitura ler tempo",
        fill="feira data última último em às as à a o os de do da e por no na há artigo esta este matéria notícia hora "
        "horas h min para",
    ),
    "nl": Spoken(
        updated="bijgewerkt gepubliceerd gewijzigd aangepast geplaatst geüpdatet",
        dated="update laatste publicatie wijziging aangemaakt",
        near="vandaag gisteren eergisteren zojuist net",
        ones="een één ongeveer",
        reading="leestijd lezen leesminuten",
        fill="laatst voor het op om artikel dit bericht de van en is werd sinds tot u uur in",
    ),
    "sv": Spoken(
        updated="uppdaterad uppdaterat uppdaterades publicerad publicerat publicerades ändrad",
        dated="uppdatering publicering skapad",
        near="idag igår nyss",
        ones="en ett cirka ca",
        reading="lästid läsning läsa",
        fill="senast senaste först artikeln artikel den kl klockan i dag går och av för sedan sen tid om",
    ),
    "nb": Spoken(
        updated="oppdatert publisert endret sist",
        dated="oppdatering publisering opprettet",
        near="nå nettopp",
        ones="en et ett én cirka ca",
        reading="lesetid lesing",
        fill="først artikkelen artikkel i dag går den kl klokken og av på om tid",
    ),
    "da": Spoken(
        updated="opdateret publiceret offentliggjort ændret udgivet",
        dated="opdatering udgivelse oprettet",
        near="nu netop",
        ones="en et ét cirka ca",
        reading="læsetid læsning",
        fill="senest sidst først artiklen artikel i dag går den d kl klokken og af på om tid",
    ),
    "fi": Spoken(
        updated="päivitetty julkaistu muokattu päivittynyt",
        dated="päivitys luotu muutettu",
        near="tänään eilen juuri äsken nyt",
        ones="yksi noin",
        reading="lukuaika lukemiseen lukemisaika",
        fill="viimeksi viimeisin artikkeli klo kello ja n tuntia minuuttia",
    ),
    "pl": Spoken(
        updated="zaktualizowano aktualizowano zaktualizowany opublikowano opublikowany zmieniono zmodyfikowano dodano",
        dated="aktualizacja publikacja modyfikacja utworzono publikacji aktualizacji modyfikacji",
        near="dzisiaj dziś wczoraj przedwczoraj teraz chwilę",
        ones="jedną jeden około ok",
        reading="czytania czytanie czas lektury",
        fill="data ostatnia ostatnio o godz godzina r w dnia dniu z artykuł artykułu i roku ta",
    ),
    "cs": Spoken(
        updated="aktualizováno aktualizovano publikováno zveřejněno upraveno vydáno",
        dated="aktualizace vydání publikace úprava vytvořeno",
        near="dnes včera předevčírem právě nyní",
        ones="jednou jedním asi",
        reading="čtení čtete",
        fill="naposledy poslední v ve hod hodin článek článku a dne doba min hodinou minutami roku",
    ),
    "sk": Spoken(
        updated="aktualizované publikované zverejnené upravené vydané",
        dated="aktualizácia vydanie",
        near="dnes včera práve teraz",
        ones="jednou jedným asi",
        reading="čítania čítanie",
        fill="naposledy posledná o v hod článok a dňa doba min",
    ),
    "ru": Spoken(
        updated="обновлено обновлена обновлён обновлен опубликовано опубликована опубликован изменено отредактировано",
        dated="обновление публикация публикации создано",
        near="сегодня вчера позавчера сейчас только что",
        ones="одну один около",
        reading="чтения чтение читать",
        fill="дата последнее последний раз было в мск г года время и на статья материал по от минуты минут назад мин "
        "часов",
    ),
    "uk": Spoken(
        updated="оновлено оновлена опубліковано опублікована змінено відредаговано",
        dated="оновлення публікація публікації",
        near="сьогодні вчора щойно зараз",
        ones="одну один близько",
        reading="читання читати",
        fill="дата останнє востаннє о об в у р року час і й стаття матеріал на хв год",
    ),
    "bg": Spoken(
        updated="обновена обновено публикувана публикувано променена",
        near="днес вчера току що сега",
        ones="един една",
        reading="четене",
        fill="последна дата в г часа ч и на от преди време за мин",
    ),
    "tr": Spoken(
        updated="güncellendi yayınlandı yayımlandı düzenlendi güncellenme güncelleme",
        dated="yayınlanma yayımlanma giriş oluşturulma",
        near="bugün dün şimdi az",
        ones="bir yaklaşık",
        reading="okuma okunma süresi",
        fill="tarihi tarih son saat saati haber tarihinde ve tsi de da dk önce kez",
    ),
    "ar": Spoken(
        updated="تحديث حُدّث حدث نُشر نشر نُشرت تعديل",
        dated="التحديث النشر",
        near="اليوم أمس الآن للتو",
        ago="منذ",
        ones="واحد واحدة",
        reading="قراءة القراءة للقراءة",
        months="محرم صفر ربيع الآخر جمادى الأولى الآخرة رجب شعبان رمضان شوال ذو القعدة الحجة كانون الأول الثاني شباط "
        "آذار نيسان أيار حزيران تموز آب أيلول تشرين جانفي فيفري أفريل ماي جوان جويلية أوت",
        fill="هـ الموافق ه تاريخ آخر تم في الساعة بتاريخ على عند بتوقيت غرينتش مكة المكرمة مدة وقت هذا المقال الخبر "
        "من و أول مرة المكرّمة",
    ),
    "fa": Spoken(
        updated="به‌روزرسانی بروزرسانی به‌روز منتشر انتشار",
        near="امروز دیروز اکنون",
        ones="یک",
        reading="مطالعه خواندن",
        fill="سه تاریخ آخرین در ساعت شده شد و زمان به روز رسانی شده",
        months="فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    ),
    "he": Spoken(
        updated="עודכן עודכנה פורסם פורסמה עדכון",
        dated="פרסום",
        near="היום אתמול עכשיו שלשום",
        ones="אחת אחד",
        reading="קריאה",
        fill="אחרון לאחרונה בשעה ב תאריך הכתבה ו זמן של",
    ),
    "hi": Spoken(
        updated="अपडेटेड अपडेट प्रकाशित संशोधित",
        near="आज कल अभी",
        spans="घंटा घंटे",
        ones="एक",
        reading="पढ़ने पढ़ें",
        fill="तिथि अंतिम पिछला आखिरी बार किया गया को पर का की बजे समय हुआ में लगभग घंटा घंटे मिनट आईएसटी ist",
    ),
    "el": Spoken(
        updated="ενημερώθηκε δημοσιεύθηκε δημοσιεύτηκε ενημερωμένο ανανεώθηκε",
        dated="ενημέρωση δημοσίευση τροποποίηση",
        near="σήμερα χθες τώρα μόλις",
        ones="ένα μία μια έναν",
        reading="ανάγνωσης ανάγνωση χρόνος",
        fill="τελευταία στις την στη και ώρα ώρες λεπτά πρώτη από τη",
    ),
    "hu": Spoken(
        updated="frissítve frissült közzétéve megjelent publikálva módosítva",
        dated="frissítés közzététel",
        near="ma tegnap most tegnapelőtt",
        ones="egy kb",
        ago="ezelőtt másodperce perce órája napja hete hónapja éve",
        reading="olvasás olvasási",
        fill="utolsó utoljára legutóbb cikk a az óra perc perce órája napja idő és án én jén kor",
    ),
    "ro": Spoken(
        updated="actualizat actualizată publicat publicată modificat postat",
        dated="actualizare publicare",
        near="astăzi azi ieri acum",
        ones="o un",
        ago="urmă",
        reading="citire citit citește timp",
        fill="data ultima la ora în cu pe de articol acest a fost data și minute",
    ),
    "id": Spoken(
        updated="diperbarui dipublikasikan diterbitkan diubah dipublikasi",
        dated="pembaruan publikasi terbit update",
        near="kemarin sekarang baru",
        ones="satu se sejam semenit",
        reading="baca membaca",
        months="agt agus nop",
        fill="terakhir pada pukul jam artikel ini dan yang saja hari wib wita wit kali tanggal waktu",
    ),
    "vi": Spoken(
        updated="cập nhật đăng",
        dated="xuất bản",
        near="hôm nay qua vừa xong",
        ones="một",
        reading="đọc",
        fill="thứ chủ lần cuối mới nhất lúc ngày thời gian gmt được và bài viết",
    ),
    "ca": Spoken(
        updated="actualitzat actualitzada publicat publicada modificat",
        dated="actualització publicació",
        near="avui ahir ara",
        ones="un una",
        reading="lectura",
        fill="última darrera el la a les de del i h temps min hores",
    ),
    "hr": Spoken(
        updated="ažurirano objavljeno izmijenjeno",
        dated="objava",
        near="danas jučer sada",
        ones="jednu jedan",
        reading="čitanja",
        fill="zadnje posljednje u sati h i min vrijeme",
    ),
    "sr": Spoken(
        updated="ажурирано објављено измењено",
        dated="објава",
        near="данас јуче сада",
        ones="један једну",
        reading="читања",
        fill="последње у ч и време мин",
    ),
    "bn": Spoken(updated="আপডেট প্রকাশিত প্রকাশ হালনাগাদ", near="আজ গতকাল", ones="এক", reading="পড়া", fill="সর্বশেষ সময় তারিখ"),
    "ur": Spoken(updated="شائع اپ ڈیٹ", near="آج کل", ones="ایک", fill="آخری تاریخ ہوا کیا گیا بجے"),
    "ms": Spoken(
        updated="dikemas dikemaskini diterbitkan disiarkan",
        near="semalam",
        ones="satu",
        fill="kini terakhir pada jam yang",
    ),
    "et": Spoken(updated="uuendatud avaldatud muudetud", near="täna eile", ones="üks", fill="viimati kell"),
    "lv": Spoken(updated="atjaunots publicēts labots", near="šodien vakar", ones="vienas", fill="pēdējoreiz plkst"),
    "lt": Spoken(
        updated="atnaujinta paskelbta publikuota", near="šiandien vakar", ones="vieną", fill="paskutinį kartą val"
    ),
    "sl": Spoken(updated="posodobljeno objavljeno", near="danes včeraj", ones="eno en", fill="zadnjič ob"),
    "is": Spoken(updated="uppfært birt", near="í dag gær", ones="einni einum", fill="síðast kl klukkan síðan"),
    "th": Spoken(
        updated="อัปเดต อัพเดต อัปเดท เผยแพร่ ปรับปรุง แก้ไข",
        near="วันนี้ เมื่อวาน เมื่อวานนี้ เมื่อสักครู่",
        reading="อ่าน",
        fill="พ ศ ล่าสุด เมื่อ เวลา น วันที่ ใช้เวลา",
    ),
    "zh": Spoken(
        updated="更新 已更新 发布 发表 修改 编辑 更新时间 发布时间 更新于 发布于 最后更新 上次更新",
        near="今天 昨天 前天 刚刚 今日",
        ones="一 半",
        reading="阅读 阅读时间 阅读时长 读完",
        fill="时间 日期 最后 最近 于 约 大约 需 北京时间 本文 在 号 时 分 之 个 最新 钟 全文",
    ),
    "hant": Spoken(
        updated="更新 已更新 發布 發佈 發表 修改 更新時間 發布時間 發佈時間 更新於 發布於 最後更新 上次更新 刊登",
        near="今天 昨天 前天 剛剛 今日",
        ones="一 半",
        reading="閱讀 閱讀時間 讀完",
        fill="時間 日期 最後 最近 於 約 大約 需 本文 在 號 時 分 之 個 最新 鐘 全文",
    ),
    "ja": Spoken(
        updated="更新 公開 配信 掲載 投稿 修正 更新日時 公開日時 最終更新 更新日 公開日 掲載日",
        near="今日 昨日 一昨日 たった今 本日 先ほど",
        ones="一",
        reading="読了 読了時間 読了目安 読めます 読む",
        fill="令和 平成 日時 最終 記事 に の が は され ました した この 約 ほど で 分 時 頃 ごろ 付 "
        "ヶ月 ヵ月 カ月 ケ月 週 目安 時間",
    ),
    "ko": Spoken(
        updated="입력 수정 업데이트 등록 게시 게재 최종수정 기사입력 기사수정 송고 승인 업데이트됨 게시됨",
        dated="최종",
        near="오늘 어제 방금 그제",
        ones="한",
        reading="읽기 읽는",
        fill="일시 시간 날짜 기사 마지막 에 약 이 됨 일 월 년 시 분 소요",
    ),
}
