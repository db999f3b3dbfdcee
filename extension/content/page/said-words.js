/**
 * What languages call an update, and what else stands in a line that says when: data of the backend's.
 * Written by `python -m tests.server.said_words`, not by hand.
 */
var RowbackSaidWords = (() => {
  /** By language: words of a change, and all others. @type {Record<string, [string[], string[]]>} */
  const WORDS = {
    ar: [
      ["تحديث حُدّث تعديل التحديث"],
      [
        "آب آخر آذار أبريل أسابيع أسبوع أسبوعين أسبوعًا أشهر أغسطس أفريل أكتوبر أمس أوت أول أيار أيام أيلول",
        "الآخر الآخرة الآن الأحد الأربعاء الأول الأولى الاثنين الثاني الثلاثاء الجمعة الحجة الخبر الخميس",
        "الساعة السبت الصباح الظهر القعدة الليل المساء المقال المكرمة المكرّمة الموافق النشر اليوم بتاريخ",
        "بتوقيت بعد تاريخ تشرين تم تموز ثانية ثانيتين ثوانٍ ثوانِ جانفي جمادى جوان جويلية حدث حزيران خلال",
        "دقائق دقيقة دقيقتين ديسمبر ذو ربيع رجب رمضان ساعات ساعة ساعتين سبتمبر سنة سنتين سنوات شباط شعبان شهر",
        "شهرين شهرًا شوال ص صباحًا صفر ظهرًا على عند غرينتش فبراير فجرًا في فيفري قبل كانون للتو ليلاً م مارس",
        "ماي مايو محرم مدة مرة مساءً مكة من منتصف منذ نشر نوفمبر نيسان نُشر نُشرت ه هذا هـ و واحد واحدة وقت",
        "يناير يوليو يوم يومين يومًا يونيو",
      ],
    ],
    bg: [
      ["обновена обновено променена"],
      [
        "am pm авг август апр април в вечерта време вт вторник вчера г година години д дата дек декември ден",
        "днес дни един една за и м май март месец месеца мин минута минути на нд неделя ное ноември нощта об",
        "обяд окт октомври от петък пн полунощ понеделник последна пр преди през пт публикувана публикувано",
        "сб сега седм седмица седмици сек секунда секунди сеп септември сл следобед ср сряда сутринта събота",
        "току фев февруари ч час часа четвъртък чт що юли юни яну януари",
      ],
    ],
    bn: [
      ["আপডেট হালনাগাদ"],
      [
        "am pm অক্টো অক্টোবর আগ আগস্ট আগে আজ এক এপ্রি এপ্রিল গতকাল ঘন্টা জানু জানুয়ারী জুন জুল জুলাই ডিসে",
        "ডিসেম্বর তারিখ দিন দুপুর দুপুরবেলায় নভে নভেম্বর পূর্বে প্রকাশ প্রকাশিত ফেব ফেব্রুয়ারী বছর বিকাল",
        "বুধ বুধবার বৃহস্পতি বৃহস্পতিবার ভোর ভোরবেলায় মঙ্গল মঙ্গলবার মার্চ মাস মিনিট মে রবি রবিবার রাত্রি",
        "রাত্রিবেলায় শনি শনিবার শুক্র শুক্রবার সকাল সকালবেলায় সন্ধ্যা সন্ধ্যাবেলায় সপ্তাহ সময় সর্বশেষ",
        "সেকেন্ড সেপ সেপ্টেম্বর সোম সোমবার",
      ],
    ],
    ca: [
      ["actualitzat actualitzada modificat actualització"],
      [
        "a abr abril ag agost ahir any anys ara avui d'abr d'abril d'ag d'agost d'oct d'octubre darrera dc de",
        "del des desembre dg dia dies dijous dilluns dimarts dimecres dissabte diumenge divendres dj dl ds dt",
        "dv el fa febr febrer gen gener h hora hores i jul juliol juny la les m maig març matinada matí mes",
        "mesos migdia min minut minuts mitjanit nit nov novembre oct octubre p publicació publicada publicat",
        "s segon segons set setembre setm setmana setmanes tarda temps un una vespre última",
      ],
    ],
    cs: [
      ["aktualizováno aktualizovano upraveno aktualizace úprava"],
      [
        "a asi bře březen března d dne dnem dnes dny doba dop dopoledne dub duben dubna h hod hodin hodinami",
        "hodinou jednou jedním kvě květen května l led leden ledna lety lis listopad listopadu min minutami",
        "minutou měs měsícem měsíci n naposledy ne neděle noc noci nyní o odp odpoledne po pol poledne",
        "pondělí poslední pro prosince prosinec právě publikace publikováno pá pátek před předevčírem půl",
        "půln půlnoc r rokem roku ráno s sekundami sekundou so sobota srp srpen srpna st středa týd týdnem",
        "týdny v ve več večer vydáno vydání vytvořeno včera zveřejněno zář září úno únor února út úterý",
        "červen července červenec června článek článku čt čtvrtek čvc čvn říj říjen října",
      ],
    ],
    da: [
      ["opdateret ændret opdatering"],
      [
        "a af aften aftenen am apr april artikel artiklen aug august ca cirka d dag dage dec december den",
        "eftermiddag eftermiddagen en et feb februar for formiddag formiddagen fre fredag først går i jan",
        "januar jul juli jun juni kl klokken lør lørdag maj man mandag mar marts md mdr midnat min minut",
        "minutter morgen morgenen måned måneder nat natten netop nov november nu offentliggjort og okt",
        "oktober om ons onsdag oprettet p pm publiceret på sek sekund sekunder senest sep september siden",
        "sidst søn søndag tid time timer tirs tirsdag tors torsdag udgivelse udgivet uge uger år ét",
      ],
    ],
    de: [
      ["aktualisiert geändert bearbeitet aktualisierung update"],
      [
        "abend abends am apr april artikel aug august beitrag ca das datum dauer den der dez dezember di",
        "dienstag dieser do donnerstag eben ein eine einem einer erschienen erstellt erstmals etwa feb",
        "februar fr freitag gerade gestern heute jahr jahren jan januar jul juli jun juni kurz kurzem letzte",
        "letzten m mai mesz mez mi min minute minuten mittag mittags mitternacht mittwoch mo monat monaten",
        "montag morgen morgens mär märz nachm nachmittag nachmittags nacht nachts nov november okt oktober",
        "online pm publiziert s sa samstag seit sek sekunde sekunden sep sept september so soeben sonntag",
        "stand std stunde stunden tag tagen text uhr um und veröffentlicht veröffentlichung vom von vor",
        "vorgestern vorm vormittag vormittags wenigen wo woche wochen wurde zu zuletzt zum",
      ],
    ],
    el: [
      ["ενημερώθηκε ενημερωμένο ανανεώθηκε ενημέρωση τροποποίηση"],
      [
        "ένα έναν έτη έτος απρ απρίλιος απριλίου από απόγ απόγευμα αυγ αυγούστου αύγ αύγουστος βράδυ δ δεκ",
        "δεκέμβριος δεκεμβρίου δευ δευτ δευτέρα δευτερόλεπτα δευτερόλεπτο δημοσίευση δημοσιεύθηκε",
        "δημοσιεύτηκε εβδ εβδομάδα εβδομάδες ημ ημέρα ημέρες ιαν ιανουάριος ιανουαρίου ιουλ ιουλίου ιουν",
        "ιουνίου ιούλ ιούλιος ιούν ιούνιος και κυρ κυριακή λ λεπ λεπτά λεπτό μ μάι μάιος μάρ μάρτιος μήνα",
        "μήνες μία μαΐ μαΐου μαρ μαρτίου μεσημ μεσημέρι μια μμ μόλις νοέ νοέμβριος νοε νοεμβρίου οκτ",
        "οκτωβρίου οκτώβριος π πέμ πέμπτη παρ παρασκευή πμ πριν πρωί πρώτη σάβ σάββατο σήμερα σεπ σεπτέμβριος",
        "σεπτεμβρίου στη στις τελευταία τετ τετάρτη τη την το τρί τρίτη τώρα φεβ φεβρουάριος φεβρουαρίου χθες",
        "ώ ώρα ώρες",
      ],
    ],
    en: [
      ["updated modified edited update revised"],
      [
        "a about aedt aest afternoon ago all almost am an and approximately apr april article as at aug",
        "august bst by cdt cest cet created cst d date day days dec december edt est estimated et evening feb",
        "february few first for fri friday from gmt h hkt hour hours hr hrs hst in is ist jan january jst jul",
        "july jun june just kst last latest local m mar march may mdt mi midnight min mins minute minutes mo",
        "moments mon monday month months morning msk mst n nd night noon nov november now o'clock oct october",
        "of on one originally over p page pdt pm post posted pst pt publication published rd reviewed s sat",
        "saturday sec second seconds secs sep sept september sgt show since st story sun sunday th the this",
        "thu thursday time to today tue tuesday uk updates uploaded utc w was wed wednesday week weeks wk y",
        "year years yesterday yr",
      ],
    ],
    es: [
      ["actualizado actualizada modificado modificada editado actualización modificación"],
      [
        "a abr abril ago agosto ahora anteayer aproximadamente artículo ayer año años cest cet creado d de",
        "del dic diciembre dom domingo día días el en ene enero est esta este feb febrero fecha fue gmt h",
        "hace hora horas hoy hrs hs jue jueves jul julio jun junio la las los lun lunes m madrugada mar",
        "martes marzo may mayo mañana mediodía mes meses min minuto minutos mié miércoles noche nota noticia",
        "nov noviembre oct octubre p para por publicación publicada publicado recién s segundo segundos sem",
        "semana semanas sept septiembre set setiembre sáb sábado tarde ultima un una unas unos vie viernes y",
        "última último",
      ],
    ],
    et: [
      ["uuendatud muudetud"],
      [
        "a aasta am apr aprill aug august avaldatud dets detsember e eest eile esmaspäev hommik hommikul jaan",
        "jaanuar juuli juuni k kell keskpäev keskpäeval kesköö keskööl kolmapäev kuu l laupäev mai min minuti",
        "märts n neljapäev nov november näd nädala okt oktoober p pm päeva pärastlõuna pärastlõunal pühapäev",
        "r reede s sek sekundi sept september t teisipäev tunni täna veebr veebruar viimati õhtu õhtul öö",
        "öösel üks",
      ],
    ],
    fa: [
      ["به‌روزرسانی بروزرسانی به‌روز"],
      [
        "آبان آخرین آذر آوریل اردیبهشت ازظهر اسفند امروز انتشار اوت اکتبر اکنون ب بامداد بعدازظهر به بهمن",
        "تاریخ تیر ثانیه جمعه خرداد در دسامبر دقیقه دوشنبه دی دیروز رسانی روز زمان ساعت سال سه سپتامبر شب شد",
        "شده شنبه شهریور صبح ظ ظهر عصر فروردین فوریه فوریهٔ ق قبل مارس ماه مرداد منتشر مه مهر مهٔ نوامبر نیمه",
        "هفته و پنجشنبه پیش چهارشنبه ژانویه ژانویهٔ ژوئن ژوئیه ژوئیهٔ یک یکشنبه",
      ],
    ],
    fi: [
      ["päivitetty muokattu päivittynyt päivitys muutettu"],
      [
        "aamu aamulla aamup aamupäivä aamupäivällä ap artikkeli eilen elo elokuu elokuuta heinä heinäkuu",
        "heinäkuuta helmi helmikuu helmikuuta huhti huhtikuu huhtikuuta illalla ilta iltap iltapäivä",
        "iltapäivällä ip ja joulu joulukuu joulukuuta julkaistu juuri ke kello keskip keskipäivä",
        "keskipäivällä keskiviikko keskiviikkona keskiyö keskiyöllä kesä kesäkuu kesäkuuta kk klo kp kuukausi",
        "kuukautta ky la lauantai lauantaina loka lokakuu lokakuuta luotu ma maalis maaliskuu maaliskuuta",
        "maanantai maanantaina marras marraskuu marraskuuta min minuutti minuuttia n noin nyt pe perjantai",
        "perjantaina pv päivä päivää s sekunti sekuntia sitten su sunnuntai syys syyskuu syyskuuta t tammi",
        "tammikuu tammikuuta ti tiistai tiistaina to torstai torstaina touko toukokuu toukokuuta tunti tuntia",
        "tänään v viikko viikkoa viimeisin viimeksi vk vuosi vuotta yksi yö yöllä äsken",
      ],
    ],
    fr: [
      ["mis mise actualisé actualisée modifié modifiée actualisation modification"],
      [
        "a am an ans août ap après article at aujourd'hui avant-hier avr avril cet créé dans date de depuis",
        "dernier derniere dernière dim dimanche du déc décembre en environ er et févr février h heure heures",
        "hier il instant j janv janvier jeu jeudi jour jours juil juillet juin l l'après l'instant la le les",
        "lun lundi m mai mar mardi mars mat matin mer mercredi midi min minuit minute minutes mois nov",
        "novembre oct octobre par parution plus pm posté pour publication publié publiée s sam samedi seconde",
        "secondes sem semaine semaines sept septembre soir un une ven vendredi y à été",
      ],
    ],
    hant: [
      ["更新 已更新 修改 更新時間 更新於 最後更新 上次更新"],
      [
        "一 上午 下午 中午 之 今天 今日 個 個月 全文 凌晨 分 分鐘 刊登 前 前天 剛剛 午夜 半 在 大約 天 小時 年 於 日 日期 星期一 星期三 星期二 星期五 星期六 星期四 星期日 昨天",
        "時 時間 晚上 最後 最新 最近 月 本文 清晨 發佈 發佈時間 發布 發布於 發布時間 發表 秒 約 號 週 週一 週三 週二 週五 週六 週四 週日 鐘 需",
      ],
    ],
    he: [
      ["עודכן עודכנה עדכון"],
      [
        "am pm א אוג אוגוסט אוק אוקטובר אחד אחה אחר אחרון אחת אפר אפריל אתמול ב באוג באוגוסט באוק באוקטובר",
        "באפר באפריל בבוקר בדצמ בדצמבר בוקר ביולי ביוני בינו בינואר בלילה במאי במרץ בנוב בנובמבר בספט בספטמבר",
        "בערב בפבר בפברואר בצהריים בשעה ג ד דצמ דצמבר דק דקה דקות ה היום הכתבה הצהריים ו זמן חו חודש חודשיים",
        "חודשים חמישי חצות יולי יום יומיים יוני ימים ינו ינואר לאחרונה לילה לפנה לפנות לפני מאי מרץ נוב",
        "נובמבר ספט ספטמבר עכשיו ערב פבר פברואר פורסם פורסמה פרסום צ צהריים ראשון רביעי שב שבוע שבועות",
        "שבועיים שבת שישי של שלישי שלשום שנ שנה שני שניות שנייה שנים שנתיים שע שעה שעות שעתיים שתי תאריך",
      ],
    ],
    hi: [
      ["अपडेटेड अपडेट संशोधित"],
      [
        "am ist pm अंतिम अक्टू अक्टूबर अग अगस्त अप्रैल अभी आईएसटी आखिरी आज आधी एक कल का किया की को गया गुरु",
        "गुरुवार घं घंटा घंटे जन जनवरी जुल जुलाई जून तिथि दिन दिस दिसंबर दोपहर नव नवंबर पर पहले पिछला",
        "प्रकाशित फ़र फ़रवरी बजे बार बुध बुधवार मंगल मंगलवार मई मध्यरात्रि मार्च माह मि मिनट में रवि रविवार",
        "रात लगभग वर्ष शनि शनिवार शाम शुक्र शुक्रवार सप्ताह समय सित सितंबर सुबह से सेकंड सोम सोमवार हुआ",
      ],
    ],
    hr: [
      ["ažurirano izmijenjeno"],
      [
        "am d dan dana danas g godina godine godinu h i jedan jednu jučer kol kolovoz kolovoza lip lipanj",
        "lipnja lis listopad listopada min minuta minute minutu mj mjesec mjeseca mjeseci navečer ned",
        "nedjelja noću objava objavljeno ožu ožujak ožujka pet petak pm podne pon ponedjeljak ponoć popodne",
        "poslije posljednje prije pro prosinac prosinca ruj rujan rujna s sada sat sata sati sekunde sekundi",
        "sekundu sij siječanj siječnja sri srijeda srp srpanj srpnja stu studeni studenoga sub subota svi",
        "svibanj svibnja tj tjedan tjedana tjedna tra travanj travnja u ujutro uto utorak velj veljača",
        "veljače vrijeme zadnje čet četvrtak",
      ],
    ],
    hu: [
      ["frissítve frissült módosítva frissítés"],
      [
        "a aug augusztus az cikk cs csütörtök de dec december du dél délelőtt délután egy este ezelőtt febr",
        "február h hajnal hete hétfő héttel hónapja hónappal idő jan január jén júl július jún június k kb",
        "kedd kor közzététel közzétéve legutóbb m ma megjelent most máj május márc március másodperccel",
        "másodperce napja nappal nov november okt október p perc perccel perce publikálva péntek reggel sze",
        "szept szeptember szerda szo szombat tegnap tegnapelőtt utoljára utolsó v vasárnap án ápr április",
        "éjfél éjjel én és éve évvel óra órája órával",
      ],
    ],
    id: [
      ["diperbarui diubah pembaruan update"],
      [
        "agt agu agus agustus am apr april artikel baru bln bulan dan des desember detik dipublikasi",
        "dipublikasikan diterbitkan dtk feb februari h hari ini jam jan januari jul juli jum jumat jun juni",
        "kali kam kamis kemarin lalu malam mar maret mei menit mgg min minggu mnt nop nov november okt",
        "oktober pada pagi pm publikasi pukul rab rabu sab sabtu saja satu se sejam sekarang sel selasa",
        "semenit sen senin sep september siang sore tahun tanggal tengah terakhir terbit thn waktu wib wit",
        "wita yang",
      ],
    ],
    is: [
      ["uppfært"],
      [
        "apr apríl að birt dag degi des desember dögum e eftir einni einum f feb febrúar fim fimmtudagur",
        "fyrir fös föstudagur gær h hd hádegi jan janúar júl júlí jún júní kl klst klukkan klukkustund",
        "klukkustundum kv kvöld kvöldi lau laugardagur mar mars maí mið miðnætti miðvikudagur mn morgni",
        "morgunn mrg mán mánudagur mánuði mánuðum mín mínútu mínútum n nótt nóttu nóv nóvember okt október sd",
        "sek sekúndu sekúndum sep september sun sunnudagur síðan síðast síðdegis viku vikum ágú ágúst ári",
        "árum í þri þriðjudagur",
      ],
    ],
    it: [
      ["aggiornato aggiornata modificato modificata aggiornamento modifica"],
      [
        "a adesso ago agosto all alle am anni anno apr aprile articolo circa creato dalle data del dell dello",
        "di dic dicembre dom domenica e fa feb febbraio g gen gennaio gg gio giorni giorno giovedì giu giugno",
        "h ieri il in l la lo lug luglio lun lunedì m mag maggio mar martedì marzo mattina mer mercoledì mese",
        "mesi mezzanotte mezzogiorno min minuti minuto notte nov novembre oggi ora ore ott ottobre p pm pochi",
        "poco pomeriggio pubblicata pubblicato pubblicazione questo s sab sabato sec secondi secondo sera set",
        "sett settembre settimana settimane stato ultim ultim'ora ultima ultimo un un'ora una uno ven venerdì",
        "è",
      ],
    ],
    ja: [
      ["更新 修正 更新日時 最終更新 更新日"],
      [
        "か月 が この ごろ され した たった今 で に の は ほど ました カ月 ケ月 ヵ月 ヶ月 一 一昨日 今日 付 令和 先ほど 公開 公開日 公開日時 分 前 午前 午後 土 土曜日 夕方 夜",
        "夜中 平成 年 投稿 掲載 掲載日 日 日時 日曜日 昨日 昼 時 時間 最終 月 月曜日 朝 木 木曜日 本日 正午 水 水曜日 火 火曜日 目安 真夜中 秒 約 記事 週 週間 配信 金 金曜日",
        "頃",
      ],
    ],
    ko: [
      ["수정 업데이트 최종수정 기사수정 업데이트됨"],
      [
        "am pm 개월 게시 게시됨 게재 그제 금 금요일 기사 기사입력 날짜 년 됨 등록 마지막 목 목요일 밤 방금 분 소요 송고 수 수요일 승인 시 시간 아침 약 어제 에 오늘 오전",
        "오후 월 월요일 이 일 일시 일요일 입력 자정 저녁 전 정오 주 초 최종 토 토요일 한 화 화요일",
      ],
    ],
    lt: [
      ["atnaujinta"],
      [
        "an antradienis bal balandis balandžio birž birželio birželis d diena dienas dieną dienų geg gegužė",
        "gegužės gruod gruodis gruodžio kartą ketvirtadienis kov kovas kovo kt lapkr lapkritis lapkričio liep",
        "liepa liepos m metus metų min minutes minutę minučių mėn mėnesius mėnesių mėnesį naktis p paskelbta",
        "paskutinį penktadienis perpiet pirmadienis pn pop popiet popietė pr prieš priešpiet publikuota rugp",
        "rugpjūtis rugpjūčio rugs rugsėjis rugsėjo rytas s saus sausio sausis sav savaites savaitę savaičių",
        "sek sekmadienis sekundes sekundę sekundžių sk spal spalio spalis tr trečiadienis vakar vakaras val",
        "valandas valandą valandų vas vasario vasaris vidurdienis vidurnaktis vieną šeštadienis šiandien št",
      ],
    ],
    lv: [
      ["atjaunots labots"],
      [
        "apr aprīlis aug augusts ceturtd ceturtdiena d dec decembris dienas dienām febr februāris g gada",
        "gadiem h janv janvāris jūl jūlijs jūn jūnijs maijs marts min minūtes minūtēm mēn mēneša mēnešiem",
        "nakts naktī ned nedēļas nedēļām no nov novembris okt oktobris otrd otrdiena piektd piektdiena pirmd",
        "pirmdiena pirms plkst priekšp priekšpusdiena priekšpusdienā publicēts pusd pusdienlaiks pusdienlaikā",
        "pusnakts pusnaktī pēcp pēcpusd pēcpusdiena pēcpusdienā pēdējoreiz rīta rīts s sek sekundes sekundēm",
        "sept septembris sestd sestdiena st stundas stundām svētd svētdiena trešd trešdiena vakar vakars",
        "vakarā vienas šodien",
      ],
    ],
    ms: [
      ["dikemas dikemaskini"],
      [
        "ahad ahd apr april bln bulan dis disember disiarkan diterbitkan feb februari hari isn isnin jam jan",
        "januari jul julai jum jumaat jun kha khamis kini lalu mac malam mei mgu min minggu minit nov",
        "november ogo ogos okt oktober pada pagi petang pg ptg rab rabu saat sab sabtu satu sel selasa",
        "semalam sep september tahun tengah terakhir thn yang",
      ],
    ],
    nb: [
      ["oppdatert endret oppdatering"],
      [
        "a apr april artikkel artikkelen aug august av ca cirka d dag den des desember døgn em en et ett",
        "etterm ettermiddag ettermiddagen feb februar fm for form formiddag formiddagen fre fredag først går",
        "i jan januar jul juli jun juni kl klokken kv kveld kvelden lør lørdag m mai man mandag mar mars md",
        "mg midn midnatt min minutt minutter mn morg morgen morgenen måned måneder natt natten nettopp nov",
        "november nt nå og okt oktober om ons onsdag opprettet p publisering publisert på s sek sekund",
        "sekunder sep september siden sist søn søndag t tid time timer tir tirsdag tor torsdag u uke uker år",
        "én",
      ],
    ],
    nl: [
      ["bijgewerkt gewijzigd aangepast geüpdatet update wijziging"],
      [
        "a aangemaakt apr april artikel aug augustus avond avonds bericht dag dagen de dec december dgn di",
        "dinsdag dit do donderdag een eergisteren en feb februari geleden geplaatst gepubliceerd gisteren het",
        "in is jaar jan januari jul juli jun juni laatst laatste m ma maand maandag maanden maart mei middag",
        "middags middernacht min minuten minuut mrt nacht nachts net nov november ochtend ochtends okt",
        "oktober om ongeveer op p publicatie s sec seconde seconden sep september sinds tot u uur van vandaag",
        "voor vr vrijdag week weken werd wo woensdag za zaterdag zo zojuist zondag één",
      ],
    ],
    pl: [
      [
        "zaktualizowano aktualizowano zaktualizowany zmieniono zmodyfikowano aktualizacja modyfikacja",
        "aktualizacji modyfikacji",
      ],
      [
        "a am artykuł artykułu chwilę cze czerwca czerwiec czw czwartek data dni dnia dniu dodano dzień",
        "dzisiaj dziś g godz godzin godzina godziny godzinę gru grudnia grudzień i jeden jedną kwi kwiecień",
        "kwietnia lat lata lip lipca lipiec lis listopad listopada lut lutego luty maj maja mar marca marzec",
        "mies miesiąc miesiące miesięcy min minut minuty minutę niedz niedziela noc nocy o ok około",
        "opublikowano opublikowany ostatnia ostatnio p paź październik października piątek pm po pon",
        "poniedziałek popoł popołudnie poł południe południem południu przed przedpoł przedpołudnie",
        "przedwczoraj pt publikacja publikacji półn północ północy r rano rok roku s sek sekund sekundy",
        "sekundę sie sierpień sierpnia sob sobota sty styczeń stycznia ta temu teraz tydz tydzień tyg tygodni",
        "tygodnie utworzono w wczoraj wiecz wieczorem wieczór wrz wrzesień września wt wtorek z śr środa",
      ],
    ],
    pt: [
      ["atualizado atualizada actualizado actualizada modificado editado atualização actualização", "modificação"],
      [
        "a abr abril ago agora agosto am ano anos anteontem artigo as atrás cerca criado da data de dez",
        "dezembro dia dias do dom domingo e em esta este faz feira fev fevereiro h hoje hora horas há jan",
        "janeiro jul julho jun junho madrugada mai maio manhã mar março matéria meia meio meses min minuto",
        "minutos modificada mês na no noite notícia nov novembro o ontem os out outubro para pm por postado",
        "poucos publicada publicado publicação qua quarta qui quinta seg segunda segundo segundos sem semana",
        "semanas set setembro sex sexta sáb sábado tarde ter terça um uma umas uns à às última último",
      ],
    ],
    ro: [
      ["actualizat actualizată modificat actualizare"],
      [
        "a acest acum amiaza amiază an ani apr aprilie articol astăzi aug august azi cu data de dec decembrie",
        "dimineața dum duminică după feb februarie fost h ian ianuarie ieri iul iulie iun iunie joi la lun",
        "luni lună m mai mar martie marți mie miercuri miezul min minut minute noaptea noiembrie nopții nov o",
        "oct octombrie ora ore oră p pe postat publicare publicat publicată s seara sec secun secundă sept",
        "septembrie sâm sâmbătă săpt săptămâni săptămână ultima un urmă vin vineri zi zile în și",
      ],
    ],
    ru: [
      ["обновлено обновлена обновлён обновлен изменено отредактировано обновление"],
      [
        "am pm авг август августа апр апрель апреля было в веч вечер вечера воскресенье время вс вт вторник",
        "вчера г год года дата дек декабрь декабря день дн дней дня и июл июль июля июн июнь июня л лет май",
        "мар март марта материал мая мес месяц месяца месяцев мин минут минуту минуты мск на назад нед недели",
        "недель неделю ночи ночь нояб ноябрь ноября один одну около окт октябрь октября опубликован",
        "опубликована опубликовано от пн по позавчера полд полдень полн полночь понедельник последнее",
        "последний пт публикации публикация пятница раз с сб сегодня сейчас сек секунд секунду секунды сент",
        "сентябрь сентября создано ср среда статья суббота только утра утро февр февраль февраля ч час часа",
        "часов четверг чт что янв январь января",
      ],
    ],
    sk: [
      ["aktualizované upravené aktualizácia"],
      [
        "a am apr apríl apríla asi aug august augusta d dec december decembra dnes doba dop dopol dopoludnia",
        "dopoludnie dňa dňami dňom feb február februára h hod hodinami hodinou jan január januára jednou",
        "jedným júl júla jún júna mar marca marec mes mesiacmi mesiacom min minútami minútou máj mája n nap",
        "napol napoludnie naposledy ne nedeľa noc noci nov november novembra o okt október októbra pi piatok",
        "pm po pol poln polnoc polnoci poludnie pondelok pop popol popoludnie popoludní posledná pred práve",
        "publikované r rokmi rokom ráno s sekundami sekundou sep september septembra so sobota st streda",
        "teraz týž týždňami týždňom ut utorok v več večer vydanie vydané včera zverejnené článok št štvrtok",
      ],
    ],
    sl: [
      ["posodobljeno"],
      [
        "apr april avg avgust d danes dec december dnevi dnevom dnevoma dop dopoldan dopoldne en eno feb",
        "februar h j jan januar jul julij jun junij jut jutro leti letom letoma maj mar marec mes mesecem",
        "mesecema meseci min minutama minutami minuto n ned nedelja nov november noč ob objavljeno okt",
        "oktober opold opoldne opoln opolnoči p pet petek po pold poldne poln polnoč pon ponedeljek ponoči",
        "pop popoldan popoldne pred s sekundama sekundami sekundo sep september sob sobota sre sreda ted",
        "tedni tednom tednoma tor torek urama urami uro v večer včeraj zadnjič zj zjut zjutraj zv zveč zvečer",
        "čet četrtek",
      ],
    ],
    sr: [
      ["ажурирано измењено"],
      [
        "am pm авг август апр април вече време г год година године д дана данас дец децембар и м мар март мај",
        "мес месеца месеци мин минута н нед недеља недеље нов новембар ноћ ноћу објава објављено окт октобар",
        "пет петак по подне пон понедељак поноћ поподне последње пре с сада сата сати сек секунде секунди сеп",
        "септембар сре среда суб субота у увече уто уторак ујутру феб фебруар ч чет четвртак јан јануар један",
        "једну јул јун јутро јуче",
      ],
    ],
    sv: [
      ["uppdaterad uppdaterat uppdaterades ändrad uppdatering"],
      [
        "apr april artikel artikeln aug augusti av ca cirka d dag dagar dec december den efterm eftermiddag",
        "eftermiddagen em en ett feb februari fm fre fredag för förm förmiddag förmiddagen först går h i idag",
        "igår jan januari juli juni kl klockan kväll kvällen lör lördag maj mars midn midnatt min minut",
        "minuter morg morgon morgonen mån månad månader måndag natt natten nov november nyss och okt oktober",
        "om ons onsdag publicerad publicerades publicerat publicering på s sedan sekund sekunder sen senast",
        "senaste sep september skapad sön söndag tid tim timmar timme tis tisdag tors torsdag v vecka veckor",
        "år",
      ],
    ],
    th: [
      ["อัปเดต อัพเดต อัปเดท ปรับปรุง แก้ไข"],
      [
        "a am p pm ก กรกฎาคม กลางคืน กันยายน กุมภาพันธ์ ก่อนเที่ยง ค ค่ำ จ ชม ชั่วโมง ช่วงเที่ยง ต ตอนบ่าย",
        "ตอนเช้า ตอนเย็น ตุลาคม ที่ ที่ผ่านมา ที่แล้ว ธ ธันวาคม น นาที บ่าย ปี พ พฤ พฤศจิกายน พฤษภาคม ม",
        "มกราคม มิ มิถุนายน มี มีนาคม ย ล่าสุด วัน วันจันทร์ วันที่ วันนี้ วันพฤหัสบดี วันพุธ วันศุกร์",
        "วันอังคาร วันอาทิตย์ วันเสาร์ วินาที ศ ส สัปดาห์ สิงหาคม หลังเที่ยง อ อา เช้า เดือน เที่ยง เที่ยงคืน",
        "เผยแพร่ เม เมษายน เมื่อ เมื่อวาน เมื่อวานนี้ เมื่อสักครู่ เย็น เวลา ใช้เวลา ในตอนบ่าย ในตอนเช้า",
        "ในตอนเย็น",
      ],
    ],
    tr: [
      ["güncellendi düzenlendi güncellenme güncelleme"],
      [
        "akşam akşamüstü ara aralık ay az ağu ağustos bir bugün cmt cum cuma cumartesi da dakika de dk dün",
        "eki ekim eyl eylül gece giriş gün haber hafta haz haziran hf kas kasım kez mar mart may mayıs nis",
        "nisan oca ocak oluşturulma paz pazar pazartesi per perşembe pzt sa saat saati sabah sal salı saniye",
        "sn son sonra tarih tarihi tarihinde tem temmuz tsi ve yaklaşık yarısı yayımlandı yayımlanma",
        "yayınlandı yayınlanma yıl çar çarşamba ö önce ös öö öğle öğleden şimdi şub şubat",
      ],
    ],
    uk: [
      ["оновлено оновлена змінено відредаговано оновлення"],
      [
        "бер березень березня близько в вер вересень вересня вечора вечір востаннє вт вчора вівторок год",
        "годин години годину груд грудень грудня дата день дн дня дні днів дп жовт жовтень жовтня зараз й",
        "квіт квітень квітня лип липень липня лист листопад листопада лют лютий лютого матеріал міс місяць",
        "місяці місяців на нд неділя ночі ніч о об один одну опублікована опубліковано останнє пʼятниця пн",
        "полудень понеділок пп пт публікація публікації північ р ранку ранок роки року років рік с сб секунд",
        "секунди секунду середа серп серпень серпня ср стаття субота сьогодні січ січень січня тиж тиждень",
        "тижні тижнів тому трав травень травня у хв хвилин хвилини хвилину час черв червень червня четвер чт",
        "щойно і",
      ],
    ],
    ur: [
      ["ڈیٹ"],
      [
        "a am p pm آج آخری آدھی اتوار اپ اپریل اکتوبر اگست ایک بجے بدھ تاریخ جمعرات جمعہ جنوری جولائی جون",
        "دسمبر دن دنوں دوپہر رات سال ستمبر سہ سیکنڈ شائع شام صبح فروری قبل مئی مارچ ماہ منٹ منگل مہینہ مہینے",
        "میں نومبر پہر پہلے پیر کل کیا گھنٹہ گھنٹے گیا ہفتہ ہفتے ہوا",
      ],
    ],
    vi: [
      ["nhật"],
      [
        "ba bài bản bảy c ch chiều chủ cn cuối cập gian giây giờ gmt hai hôm lúc lần một mới nay ngày nhất",
        "năm nửa phút qua s sa sáng sáu th thg tháng thời thứ tr trưa trước tuần tư tối viết và vừa xong xuất",
        "đêm đăng được",
      ],
    ],
    zh: [
      ["更新 已更新 修改 更新时间 更新于 最后更新 上次更新"],
      [
        "一 一月 七月 三月 上午 下午 个 个月 中午 之 九月 二月 于 五月 今天 今日 全文 八月 六月 凌晨 分 分钟 刚刚 前 前天 北京时间 十一月 十二月 十月 午夜 半 发布 发布于",
        "发布时间 发表 号 周 周一 周三 周二 周五 周六 周四 周日 四月 在 大约 天 小时 年 日 日期 早上 时 时间 星期一 星期三 星期二 星期五 星期六 星期四 星期日 昨天 晚上 最后 最新",
        "最近 月 本文 清晨 秒 秒钟 约 编辑 钟 需",
      ],
    ],
  };
  return { WORDS };
})();
