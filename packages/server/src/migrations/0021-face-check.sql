-- What the server's own detector saw in a recording, and since when it is kept from being seen for it.
alter table episode add column face_check jsonb;
alter table episode add column quarantined_at timestamptz;
