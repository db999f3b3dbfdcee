"""Alerts: edits that fit saved searches, told by mail, chat or webhook. Who tells them runs beside the poller."""
