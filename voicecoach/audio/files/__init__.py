"""Files by their bytes, before any decoding: what the decoder is handed, and what their structure tells."""
