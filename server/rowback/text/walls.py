"""What pages that stand in front of an article, or in its place, say: one pattern a line, in the languages of large presses.

Only words here; how many of them make a wall is decided in `doubts.py`.
"""

from __future__ import annotations

import regex

from rowback.model import Reason


def any_of(patterns: str) -> str:
    """One pattern of those on lines of their own."""
    return "|".join(line.strip() for line in patterns.strip().splitlines())


_TITLES = {
    Reason.BOT_CHECK: r"""
        just a moment
        attention required
        are you (?:a robot|human)
        verify(?:ing)? (?:that )?you are (?:a )?human
        security check
        access to this page has been denied
        pardon our interruption
        robot check
        ddos.guard
    """,
    Reason.CONSENT: r"""
        before you (?:continue|go on)
        we value your privacy
        your privacy choices
        (?:cookie|privacy) (?:consent|settings|preferences)
        privacy ?gate
        datenschutzeinstellungen
        (?:consent|zustimmung|einwilligung)\b
    """,
    Reason.ERROR: r"""
        (?:error\s*|http\s*)?(?:40[0-9]|410|429|50[0-4])\b
        (?:page|file|article) (?:was |could )?not (?:be )?found
        not found
        access denied
        forbidden
        service (?:temporarily )?unavailable
        bad gateway
        internal server error
        gateway time-?out
        too many requests
        something went wrong
        redirecting
        (?:object|document|page) (?:has )?moved
        (?:30[1278] )?moved (?:permanently|temporarily)
        sorry,? .{0,30}(?:can|could)(?:.?t|not) (?:be )?f(?:ind|ound)(?: (?:the|that|this|your) page)?
        (?:die )?seite (?:wurde )?nicht gefunden
        page (?:introuvable|non trouvée)
        página no encontrada
        pagina (?:non trovata|niet gevonden)
    """,
    Reason.SCRIPTS: r"""
        (?:please )?enable javascript
        javascript (?:is )?(?:required|disabled)
        unsupported browser
        update your browser
    """,
}
_SAYINGS = {
    Reason.BOT_CHECK: r"""
        you are (?:a )?human
        you.re not a robot
        are you a robot
        checking your browser
        unusual traffic
        security check
        press (?:&|and) hold
        ray id
        captcha
        cloudflare
        automated (?:requests|access|traffic)
        access to this page has been denied
        your ip address
        enable cookies and reload
        suspicious activity
        just a moment
    """,
    Reason.CONSENT: r"""
        (?:accept|reject) all
        agree and (?:continue|close)
        manage (?:my )?(?:preferences|options|settings|choices)
        (?:our|\d+) (?:\d+ )?partners
        information on a device
        consent
        cookies?
        privacy policy
        legitimate interests?
        personali[sz]ed (?:ads|advertising|content)
        value your privacy
        withdraw
        advertising
        geolocation
        alle akzeptieren
        zustimm\w+
        einwillig\w+
        datenschutz\w*
        unsere partner
        tout accepter
        continuer sans accepter
        consentement
        nos partenaires
        aceptar
        nuestros socios
        privacidad
        accetta\w*
        consenso
        akkoord
        toestemming
    """,
    Reason.ERROR: r"""
        not found
        (?:doesn.t|does not|no longer) exists?
        no longer available
        page you(?:.re| are| were)? (?:looking|requested|tried)
        went wrong
        try again
        back to (?:the )?home ?page
        access denied
        permission
        error
        unavailable
        maintenance
        check the (?:url|address)
        moved or deleted
        may have been (?:moved|removed)
        (?:has )?moved (?:to|here|permanently|temporarily)
        redirecting (?:you )?to
        (?:being|be|not|automatically) redirected
        broken link
        server
        nicht gefunden
        introuvable
        no encontrada
        non trovata
    """,
    Reason.SCRIPTS: r"""
        enable javascript
        javascript (?:is |must be )?(?:required|disabled|enabled|turned off)
        requires? javascript
        turn on javascript
        without javascript
        javascript aktivieren
        activer javascript
        supported browser
        browser is (?:not|out)
        reload (?:the|this) page
        upgrade your browser
        ad ?blockers?
    """,
}
# Titles that begin as a wall's does, and those that say nothing else but the site's name.
TITLES = {reason: regex.compile(rf"\W*(?:{any_of(said)})", regex.IGNORECASE) for reason, said in _TITLES.items()}
WHOLE_TITLES = {
    reason: regex.compile(rf"(?:\W*(?:{any_of(said)}))++\W*(?:[|–—·-].*)?", regex.IGNORECASE)
    for reason, said in _TITLES.items()
}
SAYINGS = {reason: regex.compile(rf"\b(?:{any_of(said)})\b", regex.IGNORECASE) for reason, said in _SAYINGS.items()}
TOLD = {
    Reason.BOT_CHECK: "The site asked whether a person is reading, and showed no article.",
    Reason.CONSENT: "The site showed its consent wall, and no article.",
    Reason.ERROR: "The site answered with an error page.",
    Reason.SCRIPTS: "The page shows its article only to a browser that runs its scripts. Capture it from the browser.",
}
# Of an article that is known: what came in its place had not one sentence.
NO_PROSE = "The page came without the text of the article that is known, and shows it perhaps only to a browser."
NO_PROSE_TO_US = (
    "The site no longer shows the article's text to the server, perhaps only to a browser that runs its scripts."
)
ALL_SILENT = "The site no longer shows its text to the server: most of its articles came without it in the same hours."
# What a consent wall offers and an article about consent does not.
OFFERS = regex.compile(
    any_of(r"""
        (?:accept|reject|agree to) all
        agree and (?:continue|close)
        manage (?:my )?(?:preferences|options|settings|choices)
        information on a device
        alle akzeptieren
        tout accepter
        continuer sans accepter
        aceptar (?:todo|y continuar)
        accetta tutt[oi]
        alles? accepteren
    """),
    regex.IGNORECASE,
)
# What stands below an article that is cut off.
PAYWALL = regex.compile(
    any_of(r"""
        subscri
        already a (?:member|subscriber)
        (?:sign|log) ?in\b
        register
        to (?:continue|keep) reading
        read the full
        free trial
        unlock
        members? only
        abonn
        weiterlesen
        anmelden
        se connecter
        réservé
        suscr
        iniciar sesión
        abbona
        accedi
        prenumer
        tilaa
    """),
    regex.IGNORECASE,
)
# What an article says that was taken back by its editors.
TAKEN_BACK = regex.compile(
    any_of(r"""
        correct
        retract
        withdr[ae]w
        taken down
        editor
        amended
        clarif
        removed
        deleted
        legal
        korrektur
        korrigiert
        zurückgezogen
        gelöscht
        entfernt
        rectif
        retir
        supprim
        rettific
        rimoss
        elimin
        removid
        corre[cç]
        verwijderd
        تصحيح
        حذف
        إزالة
        سحب
        訂正
        削除
        取り下げ
        删除
        撤回
    """),
    regex.IGNORECASE,
)
