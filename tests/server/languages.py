"""A sentence in each language whose words are known: enough to tell it by."""

from __future__ import annotations

SENTENCES = {
    "en": "The ferry left the harbour at six and was late, the office said on Monday.",
    "de": "Die Fähre ist um sechs Uhr aus dem Hafen ausgelaufen und kam nicht zu spät an.",
    "fr": "Le bateau est parti du port à six heures et il est arrivé avec du retard.",
    "es": "El barco salió del puerto a las seis y llegó con retraso, según la oficina.",
    "pt": "O barco saiu do porto às seis da manhã e não chegou com atraso, disse a prefeitura.",
    "it": "La barca è partita dal porto alle sei del mattino e non è arrivata con il ritardo.",
    "nl": "De boot is om zes uur uit de haven vertrokken en kwam niet met vertraging aan.",
}
