"""The API, version 1: `/api/v1`, described by `openapi.json`."""
