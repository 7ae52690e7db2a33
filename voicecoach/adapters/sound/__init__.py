"""The sound card: microphone, loudspeaker, and the file a take is recorded into."""
