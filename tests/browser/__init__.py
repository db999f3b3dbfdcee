"""The extension in real browsers: every test here runs in Chromium and in Firefox, against the real backend."""
