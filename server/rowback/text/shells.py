"""What stands where an article did not come, and what is said outright where one was taken back: by these a short text is
known for prose, or for what is left of a page. Only words here; `prose.py` decides.
"""

from __future__ import annotations

import regex

from rowback.text.walls import any_of

# That an article was taken back or mended, said outright, so that it needs no full stop to be a sentence.
NOTICE = regex.compile(
    any_of(r"""
        \b(?:has|have|had|was|were) (?:been )?(?:removed|deleted|withdrawn|retracted|taken down|unpublished)\b
        \b(?:has|have|had|was|were) (?:been )?(?:amended|corrected)\b
        \bwe(?: have|.ve)? (?:took|taken|removed|deleted|withdr[ae]wn?|retracted|unpublished)\b
        \b(?:wurde|wurden|haben wir) (?:.{0,60} )?(?:gelöscht|entfernt|zurückgezogen|korrigiert|berichtigt)\b
        \b(?:a été|avons) (?:retiré|supprimé|corrigé|dépublié)e?s?\b
        \b(?:ha sido|fue|hemos) (?:retirad|eliminad|borrad|corregid)[oa]s?\b
        \b(?:foi|removemos|retiramos) (?:removid|retirad|apagad|corrigid|est[ea])[oa]?s?\b
        \b(?:è stat[oa]|abbiamo) (?:rimoss|ritirat|eliminat|corrett)[oaie]\b
        \bis (?:verwijderd|ingetrokken|offline gehaald)\b
        تم(?:ت)? (?:حذف|إزالة|سحب|تصحيح)
        (?:حذفنا|أزلنا|سحبنا)
        (?:削除|撤回|訂正)(?:し|され|いた)
        取り下げ(?:ま|ら|た)
        (?:已被?|被)(?:删除|刪除|撤回|下架|移除)
    """),
    regex.IGNORECASE,
)
# What a page says that shows its article only to a browser, and the lines that stand below any page.
SHELL = regex.compile(
    r"\b(?:"
    + any_of(r"""
        javascript
        loading
        please wait
        supported browser
        ad ?blockers?
        cookies?
        copyright
        all rights reserved
        newsletters?
        sign (?:up|in)
        log ?in
        subscribe
        privacy policy
        terms of (?:use|service)
        try again
        went wrong
        wird geladen
        alle rechte vorbehalten
        anmelden
        chargement
        tous droits réservés
        se connecter
        cargando
        todos los derechos
        iniciar sesión
        carregando
        todos os direitos
        caricamento
        tutti i diritti
        laden
        alle rechten
    """)
    + r")\b|©|読み込み中|お待ちください|无断转载|版权所有|جار[يٍ]? التحميل|جميع الحقوق",
    regex.IGNORECASE,
)
