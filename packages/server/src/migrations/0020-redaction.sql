-- What was taken out of a recording before it left the phone, as the phone says.
alter table episode add column redaction jsonb;
