"""How newspapers offer their letters, by language. Data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offered:
    """Words of a language, in lower case. An offer begins with one of `verbs`; `letters` are what only a paper sends, `mails`
    what anybody may send; `own` says that it is the paper's; `fill` says nothing by itself."""

    verbs: str
    letters: str
    mails: str = ""
    own: str = ""
    fill: str = ""


OFFERED = {
    "en": Offered(
        verbs="sign subscribe register get receive join",
        letters="newsletter newsletters briefing inbox",
        mails="whatsapp whats telegram channel group community email emails e-mail e-mails mail alerts notifications "
        "updates bulletin digest roundup headlines app podcast push",
        own="our your free daily weekly us me my you",
        fill="up the to for and a an in into straight directly delivered every day morning evening week weekday "
        "night best top latest breaking news stories story of most with more important must-reads from here now by "
        "today's this today want don't miss it on via by what you need know must reads all here's start sent each",
    ),
    "de": Offered(
        verbs="abonnieren abonniere melden bestellen erhalten jetzt bekommen",
        letters="newsletter newsletters morgenbriefing briefing nachrichtenbrief",
        mails="e-mail mail postfach push benachrichtigungen nachrichten",
        own="unseren unserem unser kostenlosen kostenlose kostenlos täglichen täglich ihr ihrem uns",
        fill="sie sich für zum den die das der hier an jetzt und in ihr per am morgen abend wichtigsten direkt jeden "
        "tag des tages von mit",
    ),
    "fr": Offered(
        verbs="inscrivez abonnez recevez s'inscrire s'abonner recevoir inscrivez-vous abonnez-vous",
        letters="newsletter newsletters infolettre lettre infolettres",
        mails="alertes mail e-mail courriel notifications boîte",
        own="notre nos votre gratuite gratuitement quotidienne hebdomadaire",
        fill="vous à la le les l d' de du des par dans chaque jour matin soir semaine pour et en toute actualité "
        "l'actualité essentiel l'essentiel info d'information information",
    ),
    "es": Offered(
        verbs="suscríbete suscríbase suscribite recibe reciba recibí regístrate apúntate inscríbete",
        letters="newsletter newsletters boletín boletines",
        mails="correo alertas email mail notificaciones",
        own="nuestro nuestra nuestros tu su gratis gratuito diario semanal",
        fill="a al el la los las de del en y cada día mañana por semana para mejores noticias principales "
        "gratuitamente aquí todas",
    ),
    "it": Offered(
        verbs="iscriviti abbonati ricevi registrati iscrivetevi",
        letters="newsletter",
        mails="mail e-mail email notifiche",
        own="nostra nostre tua tue gratuita gratis quotidiana settimanale",
        fill="alla alle la le di del della ogni giorno mattina settimana per e in via sulla casella migliori notizie "
        "posta qui",
    ),
    "pt": Offered(
        verbs="assine inscreva-se inscreva cadastre-se subscreva receba registe-se inscreve",
        letters="newsletter newsletters boletim",
        mails="e-mail email alertas notificações",
        own="nossa nosso nossas sua seu grátis gratuita gratuito diária semanal",
        fill="a à as o os na no de da do e em por para todo dia todos dias manhã principais notícias se cada semana "
        "aqui",
    ),
    "nl": Offered(
        verbs="schrijf meld abonneer ontvang inschrijven aanmelden",
        letters="nieuwsbrief nieuwsbrieven",
        mails="mail e-mail inbox meldingen",
        own="onze ons gratis dagelijkse wekelijkse je uw",
        fill="in je u voor de het op aan elke dag ochtend week en met in van hier nu belangrijkste nieuws",
    ),
    "sv": Offered(
        verbs="prenumerera anmäl få beställ skriv registrera",
        letters="nyhetsbrev nyhetsbrevet nyhetsbreven",
        mails="mejl mail e-post notiser inkorg",
        own="vårt våra vår gratis kostnadsfria dagliga din ditt",
        fill="på dig till för och i varje dag morgon vecka med de viktigaste nyheterna upp här nu direkt",
    ),
    "nb": Offered(
        verbs="abonner meld få registrer bestill",
        letters="nyhetsbrev nyhetsbrevet",
        mails="e-post epost varsler innboks mail",
        own="vårt våre gratis daglige din ditt",
        fill="på deg til for og i hver dag morgen uke med de viktigste nyhetene her nå rett",
    ),
    "da": Offered(
        verbs="tilmeld abonner få modtag",
        letters="nyhedsbrev nyhedsbrevet nyhedsbreve",
        mails="mail e-mail indbakke",
        own="vores gratis daglige din dit",
        fill="dig til på og i hver dag morgen uge med de vigtigste nyheder her nu direkte",
    ),
    "fi": Offered(
        verbs="tilaa liity",
        letters="uutiskirje uutiskirjeen uutiskirjeemme uutiskirjeet",
        mails="sähköposti sähköpostiisi",
        own="maksuton ilmainen päivittäinen",
        fill="ja joka aamu päivä suoraan tästä nyt",
    ),
    "pl": Offered(
        verbs="zapisz subskrybuj otrzymuj zamów",
        letters="newsletter newslettera newsletterze",
        mails="mail e-mail powiadomienia",
        own="nasz naszego bezpłatny darmowy codzienny",
        fill="się na do i w co dzień rano twoja skrzynka najważniejsze wiadomości",
    ),
    "cs": Offered(
        verbs="přihlaste odebírejte přihlásit odebírat",
        letters="newsletter newsletteru zpravodaj",
        mails="e-mail e-mailu mail",
        own="náš naše našeho zdarma denní",
        fill="se k do a odběru každý den ráno týden nejdůležitější zprávy",
    ),
    "ru": Offered(
        verbs="подпишитесь подписывайтесь подписаться получайте подпишись",
        letters="рассылку рассылка телеграм-канал telegram-канал telegram",
        mails="почту уведомления канал новости",
        own="наш нашу наши бесплатную ежедневную",
        fill="на и в каждый день утро по электронной главные новости канал мы через",
    ),
    "uk": Offered(
        verbs="підпишіться підписуйтесь підписуйтеся отримуйте",
        letters="розсилку розсилка телеграм-канал telegram-канал telegram",
        mails="пошту сповіщення канал новини",
        own="наш нашу наші безкоштовну щоденну",
        fill="на і й в у кожен день ранку ми",
    ),
    "tr": Offered(
        verbs="abone kaydolun ücretsiz",
        letters="bültenimize bültene bülten bültenine",
        mails="e-posta bildirim",
        own="günlük haftalık",
        fill="olun ol ücretsiz her gün sabah ve için haber",
    ),
    "ar": Offered(
        verbs="اشترك اشتركوا سجل سجّل احصل",
        letters="النشرة نشرتنا النشرات",
        mails="البريدية البريد بريدك الإلكتروني الإخبارية",
        own="مجانا مجانًا اليومية",
        fill="في إلى على كل يوم صباح أهم الأخبار الآن",
    ),
    "he": Offered(
        verbs="הירשמו הצטרפו הירשם",
        letters="לניוזלטר ניוזלטר לדיוור",
        mails="למייל במייל המייל",
        own="שלנו היומי בחינם",
        fill="כל יום בוקר אל את",
    ),
    "hi": Offered(
        verbs="सब्सक्राइब पाएं",
        letters="न्यूजलेटर न्यूज़लेटर",
        mails="ईमेल",
        own="हमारे हमारा मुफ्त",
        fill="करें को के लिए हर दिन सुबह रोज",
    ),
    "el": Offered(
        verbs="εγγραφείτε γραφτείτε λάβετε",
        letters="newsletter ενημερωτικό",
        mails="email e-mail",
        own="μας δωρεάν καθημερινό σας",
        fill="στο το δελτίο κάθε μέρα πρωί και τα νέα",
    ),
    "hu": Offered(
        verbs="iratkozzon iratkozz feliratkozás kérje",
        letters="hírlevelünkre hírlevélre hírlevél hírlevelünket",
        mails="e-mail értesítések",
        own="ingyenes napi",
        fill="fel a az minden nap reggel és",
    ),
    "ro": Offered(
        verbs="abonează abonați înscrie primește",
        letters="newsletter newsletterul newsletter-ul",
        mails="email e-mail",
        own="nostru gratuit zilnic tău",
        fill="te vă la pe în fiecare zi dimineață cele mai importante știri și ul",
    ),
    "id": Offered(
        verbs="berlangganan daftar dapatkan",
        letters="newsletter buletin",
        mails="email e-mail notifikasi",
        own="kami gratis harian anda",
        fill="untuk ke di setiap hari pagi dan berita terbaru",
    ),
    "vi": Offered(
        verbs="đăng nhận",
        letters="newsletter tin",
        mails="email",
        own="chúng tôi miễn phí",
        fill="ký bản hàng ngày của để mỗi",
    ),
    "zh": Offered(
        verbs="订阅 注册",
        letters="简报 新闻简报 电子报 通讯",
        mails="邮件 邮箱",
        own="我们的 免费 每日",
        fill="的 获取 每天 早上 您",
    ),
    "hant": Offered(
        verbs="訂閱 註冊",
        letters="電子報 新聞電子報 通訊",
        mails="郵件 信箱",
        own="我們的 免費 每日",
        fill="的 獲取 每天 早上 您",
    ),
    "ja": Offered(
        verbs="登録 購読 無料",
        letters="メルマガ ニュースレター メールマガジン",
        mails="メール 通知",
        own="無料 毎朝 毎日",
        fill="に を の する は こちら で お届け 配信 へ ください して 朝",
    ),
    "ko": Offered(
        verbs="구독 구독하기 구독하세요",
        letters="뉴스레터 뉴스레터를",
        mails="이메일 메일",
        own="무료 매일",
        fill="을 를 의 로 아침 받기 받아보세요 신청 하세요",
    ),
}
