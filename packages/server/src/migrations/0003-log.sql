-- Each write leaves one row here in its own transaction; sealing puts rows into the Merkle tree afterwards.
create table record (
  workspace_id uuid not null references workspace,
  id uuid not null,
  at timestamptz not null,
  action text not null,
  actor_kind text not null check (actor_kind in ('member', 'worker', 'key', 'system')),
  actor_id text not null,
  worker_id uuid,
  subject_kind text not null,
  subject_id text not null,
  facts jsonb not null,
  salt text not null,
  leaf_index bigint,
  primary key (workspace_id, id)
);
create index record_unsealed on record (workspace_id, id) where leaf_index is null;
create unique index record_by_leaf on record (workspace_id, leaf_index) where leaf_index is not null;
create index record_by_subject on record (workspace_id, subject_id, id);
create index record_by_action on record (workspace_id, action, id);
call protect('record', 'select, insert');
call show_to_worker('record');
grant update (leaf_index) on record to chiron_app;

create table log_tree (
  workspace_id uuid primary key references workspace,
  name text not null,
  public_key text not null,
  secret_wrapped text not null,
  size bigint not null default 0,
  root text not null,
  checkpoint text not null,
  sealed_at timestamptz
);
call protect('log_tree', 'select, insert, update');
create table log_node (
  workspace_id uuid not null references workspace,
  level int not null,
  index bigint not null,
  hash bytea not null,
  primary key (workspace_id, level, index)
);
call protect('log_node', 'select, insert');
create table log_entry (
  workspace_id uuid not null references workspace,
  leaf_index bigint not null,
  entry text not null,
  primary key (workspace_id, leaf_index)
);
call protect('log_entry', 'select, insert');

-- Two looks over all workspaces for sweeps of this process, each in one round trip: each tenant is entered in turn, as
-- everywhere else, and left again.
create function workspaces_to_seal() returns setof uuid language plpgsql as $$
declare each uuid;
begin
  perform set_config('chiron.system', 'on', true);
  for each in select w.id from workspace w order by w.id loop
    perform set_config('chiron.workspace', each::text, true);
    if exists (select from record r where r.workspace_id = each and r.leaf_index is null) then
      return next each;
    end if;
  end loop;
  perform set_config('chiron.system', '', true), set_config('chiron.workspace', '', true);
end $$;
create function log_sizes() returns table (workspace_id uuid, size bigint) language plpgsql as $$
#variable_conflict use_column
declare each uuid;
begin
  perform set_config('chiron.system', 'on', true);
  for each in select w.id from workspace w order by w.id loop
    perform set_config('chiron.workspace', each::text, true);
    return query select t.workspace_id, t.size from log_tree t where t.workspace_id = each;
  end loop;
  perform set_config('chiron.system', '', true), set_config('chiron.workspace', '', true);
end $$;
