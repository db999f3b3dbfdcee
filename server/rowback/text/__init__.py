"""Pure text: URLs, normalisation, extraction. No I/O, no clock."""
