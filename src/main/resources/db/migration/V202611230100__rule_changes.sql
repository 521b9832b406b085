-- Which rule each version of the rule set changed, so that a process with a million rules need not
-- load them all for one.

-- rule_id: null if more was changed than is worth listing
create table rule_change (
    version bigint primary key,
    rule_id uuid
);
