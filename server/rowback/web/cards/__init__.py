"""Pictures of edits: text laid out in lines, drawn as SVG, made into PNG. They know of no store and no request."""
