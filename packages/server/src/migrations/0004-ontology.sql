create table ontology (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
call protect('ontology', 'select, insert');
create table ontology_version (
  workspace_id uuid not null references workspace,
  ontology_id uuid not null,
  version int not null check (version > 0),
  terms jsonb not null,
  created_at timestamptz not null,
  primary key (workspace_id, ontology_id, version),
  foreign key (workspace_id, ontology_id) references ontology
);
call protect('ontology_version', 'select, insert');
create policy joined on ontology for select
  using (workspace_id in (select e.workspace_id from enrolment e where e.worker_id = current_worker()));
create policy joined on ontology_version for select
  using (workspace_id in (select e.workspace_id from enrolment e where e.worker_id = current_worker()));
