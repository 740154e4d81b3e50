-- Of each rater's ties, those where both were bad: without a rater, theirs are taken out of the count, too.
alter table comparison_rater add column both_bad int not null default 0;
-- Votes given before are counted by reading them once; the owner sees every tenant's only while security is not forced.
alter table comparison_rater no force row level security;
alter table submission no force row level security;
alter table task_pair no force row level security;
update comparison_rater r set both_bad = counted.both_bad
from (select p.workspace_id, p.suite_id, p.suite_version, p.world, s.worker_id, p.left_version_id, p.right_version_id,
    count(*)::int as both_bad
  from submission s join task_pair p on p.workspace_id = s.workspace_id and p.task_id = s.task_id
  where s.kind = 'compare' and s.answer->>'winner' = 'both-bad' group by 1, 2, 3, 4, 5, 6, 7) counted
where r.workspace_id = counted.workspace_id and r.suite_id = counted.suite_id and r.suite_version = counted.suite_version
  and r.world = counted.world and r.worker_id = counted.worker_id and r.left_version_id = counted.left_version_id
  and r.right_version_id = counted.right_version_id;
alter table comparison_rater force row level security;
alter table submission force row level security;
alter table task_pair force row level security;
