-- A recording's life runs through the reviews of its tasks; there are many of them in the end.
create index review_task on review (workspace_id, task_id);
