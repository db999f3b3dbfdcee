"""Words of lines that say when a page was updated, as the extension reads them, from what the backend knows of languages.

    python -m tests.server.said_words

writes `extension/content/page/said-words.js`.
"""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

from rowback.text.lines.calendar import CALENDARS
from rowback.text.lines.spoken import SPOKEN, Spoken

KEPT = Path(__file__).parents[2] / "extension/content/page/said-words.js"
COMMAND = "python -m tests.server.said_words"
COLUMNS = 100
# Of what `spoken.py` has as updated or dated those that say that something was changed, not that it was published.
CHANGED = {
    "ar": "تحديث حُدّث تعديل التحديث",
    "bg": "обновена обновено променена",
    "bn": "আপডেট হালনাগাদ",
    "ca": "actualitzat actualitzada modificat actualització",
    "cs": "aktualizováno aktualizovano upraveno aktualizace úprava",
    "da": "opdateret ændret opdatering",
    "de": "aktualisiert geändert bearbeitet aktualisierung update",
    "el": "ενημερώθηκε ενημερωμένο ανανεώθηκε ενημέρωση τροποποίηση",
    "en": "updated modified edited update revised",
    "es": "actualizado actualizada modificado modificada editado actualización modificación",
    "et": "uuendatud muudetud",
    "fa": "به‌روزرسانی بروزرسانی به‌روز",
    "fi": "päivitetty muokattu päivittynyt päivitys muutettu",
    "fr": "mis mise actualisé actualisée modifié modifiée actualisation modification",
    "hant": "更新 已更新 修改 更新時間 更新於 最後更新 上次更新",
    "he": "עודכן עודכנה עדכון",
    "hi": "अपडेटेड अपडेट संशोधित",
    "hr": "ažurirano izmijenjeno",
    "hu": "frissítve frissült módosítva frissítés",
    "id": "diperbarui diubah pembaruan update",
    "is": "uppfært",
    "it": "aggiornato aggiornata modificato modificata aggiornamento modifica",
    "ja": "更新 修正 更新日時 最終更新 更新日",
    "ko": "수정 업데이트 최종수정 기사수정 업데이트됨",
    "lt": "atnaujinta",
    "lv": "atjaunots labots",
    "ms": "dikemas dikemaskini",
    "nb": "oppdatert endret oppdatering",
    "nl": "bijgewerkt gewijzigd aangepast geüpdatet update wijziging",
    "pl": "zaktualizowano aktualizowano zaktualizowany zmieniono zmodyfikowano aktualizacja modyfikacja aktualizacji "
    "modyfikacji",
    "pt": "atualizado atualizada actualizado actualizada modificado editado atualização actualização modificação",
    "ro": "actualizat actualizată modificat actualizare",
    "ru": "обновлено обновлена обновлён обновлен изменено отредактировано обновление",
    "sk": "aktualizované upravené aktualizácia",
    "sl": "posodobljeno",
    "sr": "ажурирано измењено",
    "sv": "uppdaterad uppdaterat uppdaterades ändrad uppdatering",
    "th": "อัปเดต อัพเดต อัปเดท ปรับปรุง แก้ไข",
    "tr": "güncellendi düzenlendi güncellenme güncelleme",
    "uk": "оновлено оновлена змінено відредаговано оновлення",
    "ur": "ڈیٹ",
    "vi": "nhật",
    "zh": "更新 已更新 修改 更新时间 更新于 最后更新 上次更新",
}


def words() -> dict[str, tuple[str, str]]:
    """By language: the words that say that something was changed, and all others of such lines."""
    return {language: (CHANGED[language], _others(language)) for language in sorted(CALENDARS)}


def _others(language: str) -> str:
    calendar, spoken = CALENDARS[language], SPOKEN.get(language) or Spoken("")
    of_calendar = (calendar.months, calendar.weekdays, calendar.short, calendar.long, calendar.alone)
    of_papers = (spoken.updated, spoken.dated, spoken.near, spoken.ago, spoken.spans, spoken.ones, spoken.months)
    lists = (*of_calendar, calendar.ago, calendar.joins, *of_papers, spoken.fill)
    found = {word.strip("'.,") for words_ in lists for word in words_.lower().split()}
    return " ".join(sorted(found - set(CHANGED[language].split()) - {""}))


def written() -> str:
    """The file, as it is before Biome lays it out."""
    rows = [
        f"    {language}: [{_text(changed)}, {_text(others)}],\n" for language, (changed, others) in words().items()
    ]
    return (
        "/**\n * What languages call an update, and what else stands in a line that says when: data of the backend's.\n"
        f" * Written by `{COMMAND}`, not by hand.\n */\n"
        "var RowbackSaidWords = (() => {\n"
        "  /** By language: words of a change, and all others. @type {Record<string, [string[], string[]]>} */\n"
        "  const WORDS = {\n" + "".join(rows) + "  };\n  return { WORDS };\n})();\n"
    )


def texts(file: str) -> list[str]:
    """All texts in such a file, however it is laid out."""
    return re.findall(r'"([^"]*)"', file)


def _text(value: str) -> str:
    return f"[{', '.join(json.dumps(line, ensure_ascii=False) for line in textwrap.wrap(value, COLUMNS))}]"


def main() -> None:
    """Writes the file."""
    KEPT.write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
