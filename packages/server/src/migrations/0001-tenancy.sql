-- Who asks is told to the database in each transaction (set_config(..., true)); row-level security does the rest.
-- chiron.workspace: the tenant · chiron.worker: the signed-in worker · chiron.secret: hash of a secret just presented ·
-- chiron.system: 'on' only in sweeps that must find which workspaces have work.
create function current_workspace() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('chiron.workspace', true), '')::uuid $$;
create function current_worker() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('chiron.worker', true), '')::uuid $$;
create function current_secret() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('chiron.secret', true), '') $$;
create function is_system() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('chiron.system', true), '') = 'on' $$;

-- The one way a table becomes a tenant's: rights named, security forced (also for the owner), policy on workspace_id.
create procedure protect(target regclass, rights text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s using (workspace_id = current_workspace())
    with check (workspace_id = current_workspace())', target);
  execute format('grant %s on %s to chiron_app', rights, target);
end $$;
-- A worker reads rows about themselves in every workspace.
create procedure show_to_worker(target regclass) language plpgsql as $$
begin
  execute format('create policy own on %s for select using (worker_id = current_worker())', target);
end $$;
