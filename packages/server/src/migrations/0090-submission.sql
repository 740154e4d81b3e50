-- A vote on a pair whose sides were of different worlds counts for neither world alone.
alter table comparison_tally drop constraint comparison_tally_world_check;
alter table comparison_tally add constraint comparison_tally_world_check check (world in ('real', 'sim', 'mixed'));
