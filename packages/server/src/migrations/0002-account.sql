create table workspace (
  id uuid primary key,
  name text not null,
  slug text not null unique,
  demo boolean not null default false,
  -- The demo content is whole; set by the last step of making it.
  seeded boolean not null default false,
  created_at timestamptz not null
);
alter table workspace enable row level security;
alter table workspace force row level security;
create policy tenant on workspace using (id = current_workspace()) with check (id = current_workspace());
create policy system on workspace for select using (is_system());
grant select, insert, update on workspace to chiron_app;

create table member (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  role text not null check (role in ('owner', 'manager', 'reviewer', 'auditor')),
  created_at timestamptz not null,
  last_seen_at timestamptz,
  removed_at timestamptz,
  primary key (workspace_id, id)
);
call protect('member', 'select, insert, update');

-- A person, for any number of workspaces; `machine` for a model that answers.
create table worker (
  id uuid primary key,
  kind text not null default 'person' check (kind in ('person', 'machine')),
  name text not null,
  handle text not null unique,
  locale text not null,
  country text,
  pin_hash text,
  pin_failures int not null default 0,
  pin_locked_until timestamptz,
  created_at timestamptz not null
);
create table enrolment (
  workspace_id uuid not null references workspace,
  worker_id uuid not null references worker,
  pseudonym text not null,
  country text,
  joined_at timestamptz not null,
  primary key (workspace_id, worker_id),
  unique (workspace_id, pseudonym)
);
create index enrolment_by_worker on enrolment (worker_id);
call protect('enrolment', 'select, insert, update');
call show_to_worker('enrolment');
create policy joined on workspace for select
  using (id in (select e.workspace_id from enrolment e where e.worker_id = current_worker()));

alter table worker enable row level security;
alter table worker force row level security;
create policy own on worker using (id = current_worker()) with check (id = current_worker());
create policy by_handle on worker for select using (handle = current_secret());
create policy tenant on worker for select
  using (id in (select e.worker_id from enrolment e where e.workspace_id = current_workspace()));
grant select, insert, update on worker to chiron_app;

create table invite (
  workspace_id uuid not null references workspace,
  id uuid not null,
  code_hash text not null unique,
  label text not null,
  uses_left int not null check (uses_left >= 0),
  used_count int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (workspace_id, id)
);
call protect('invite', 'select, insert, update');
create policy holder on invite for select using (code_hash = current_secret());
create policy invited on workspace for select
  using (id in (select i.workspace_id from invite i where i.code_hash = current_secret()));

-- One-time links, sessions, API keys and passkeys are found by what the caller presents, and by nothing else.
create table sign_in_link (
  workspace_id uuid references workspace,
  id uuid primary key,
  token_hash text not null unique,
  member_id uuid,
  worker_id uuid references worker,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((member_id is null) <> (worker_id is null))
);
create table session (
  workspace_id uuid references workspace,
  id uuid primary key,
  token_hash text not null unique,
  member_id uuid,
  worker_id uuid references worker,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check ((member_id is null) <> (worker_id is null))
);
create table api_key (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  role text not null check (role in ('manager', 'reviewer', 'auditor')),
  key_hash text not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
create table passkey (
  workspace_id uuid references workspace,
  id uuid primary key,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  member_id uuid,
  worker_id uuid references worker,
  created_at timestamptz not null,
  check ((member_id is null) <> (worker_id is null))
);
create table passkey_challenge (
  id uuid primary key,
  challenge text not null,
  expires_at timestamptz not null
);
create procedure protect_credential(target regclass, secret_column text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s using (workspace_id = current_workspace())
    with check (workspace_id = current_workspace())', target);
  execute format('create policy holder on %s using (%I = current_secret())
    with check (%I = current_secret())', target, secret_column, secret_column);
  execute format('grant select, insert, update, delete on %s to chiron_app', target);
end $$;
call protect_credential('sign_in_link', 'token_hash');
call protect_credential('session', 'token_hash');
call protect_credential('api_key', 'key_hash');
call protect_credential('passkey', 'credential_id');
create policy own on session using (worker_id = current_worker()) with check (worker_id = current_worker());
create policy own on passkey using (worker_id = current_worker()) with check (worker_id = current_worker());
create policy own on sign_in_link using (worker_id = current_worker()) with check (worker_id = current_worker());
alter table passkey_challenge enable row level security;
alter table passkey_challenge force row level security;
create policy holder on passkey_challenge using (id::text = current_secret()) with check (id::text = current_secret());
grant select, insert, delete on passkey_challenge to chiron_app;
create index session_by_member on session (workspace_id, member_id);

-- Whom a presented secret identifies, in one round trip and in a transaction of its own: only its hash opens the row,
-- and what the row names (the workspace) is visible afterwards. A removed member and a revoked key open nothing.
create procedure present(secret text) language sql as $$
  select set_config('chiron.secret', secret, true), set_config('chiron.workspace', '', true),
    set_config('chiron.worker', '', true), set_config('chiron.system', '', true) $$;
create function session_holder(presented text, at timestamptz)
returns table (workspace_id uuid, member_id uuid, role text, worker_id uuid, expires_at timestamptz,
  last_seen_at timestamptz) language plpgsql as $$
#variable_conflict use_column
declare tenant uuid;
begin
  call present(presented);
  select s.workspace_id into tenant from session s where s.token_hash = presented;
  perform set_config('chiron.workspace', coalesce(tenant::text, ''), true);
  return query
    select s.workspace_id, s.member_id, m.role, s.worker_id, s.expires_at, m.last_seen_at
    from session s left join member m on m.workspace_id = s.workspace_id and m.id = s.member_id
    where s.token_hash = presented and s.expires_at > at
      and (s.worker_id is not null or (m.id is not null and m.removed_at is null));
end $$;
create function key_holder(presented text)
returns table (workspace_id uuid, key_id uuid, role text, last_used_at timestamptz) language plpgsql as $$
#variable_conflict use_column
begin
  call present(presented);
  return query
    select k.workspace_id, k.id, k.role, k.last_used_at from api_key k
    where k.key_hash = presented and k.revoked_at is null;
end $$;
