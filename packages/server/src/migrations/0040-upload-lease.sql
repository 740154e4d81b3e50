-- Who writes to an unfinished upload just now, whichever process of the server it is. The upload itself is a file, known by
-- its id alone, so the id leads here; times are the database's, which all processes share.
create table upload_lease (
  upload_id text primary key,
  holder uuid not null,
  leased_until timestamptz not null,
  -- Another request waits for it: its holder lets go.
  wanted_at timestamptz
);
alter table upload_lease enable row level security;
alter table upload_lease force row level security;
grant select, insert, update, delete on upload_lease to chiron_app;
create policy holder on upload_lease using (upload_id = current_secret()) with check (upload_id = current_secret());
create policy system on upload_lease using (is_system() and leased_until < clock_timestamp());
