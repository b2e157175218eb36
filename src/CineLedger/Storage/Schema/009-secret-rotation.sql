-- The change of a webhook's secret without a gap.

ALTER TABLE webhook ADD COLUMN previous_secret TEXT;       -- the secret before the last change, which also signs messages for a time; null without one
ALTER TABLE webhook ADD COLUMN previous_until TIMESTAMP;   -- until when it signs them, UTC
