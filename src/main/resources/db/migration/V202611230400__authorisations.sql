-- Which certificates are expected, how long alerts wait for that word, and what is told together.

-- sha256: of what the kind says; names_sha256: of the names, so that nothing is there twice
create table authorisation (
    id uuid primary key,
    watchlist_id uuid not null references watchlist (id) on delete cascade,
    kind varchar(16) not null,
    sha256 bytea not null,
    names varchar(200000) not null,
    names_sha256 bytea not null,
    expires timestamp(6) with time zone,
    comment varchar(2000) not null,
    author varchar(200) not null,
    created_at timestamp(6) with time zone not null,
    version integer not null,
    constraint authorisation_once unique (watchlist_id, kind, sha256, names_sha256)
);
create index authorisation_by_hash on authorisation (sha256, watchlist_id);

-- authorised_by: no foreign key, since what was decided stays when the authorisation goes
alter table rule_match add column authorised_by uuid;
-- of the first name that was met; null for what was found before there was this column
alter table rule_match add column registrable_domain varchar(300);
create index rule_match_by_domain on rule_match (registrable_domain, first_seen, id);
create index rule_match_by_status on rule_match (watchlist_id, status, id);
create index certificate_by_spki on certificate (spki_sha256);
create index certificate_by_issuer on certificate (issuer_key_hash);

-- how long alerts about new matches wait; null if they do not
alter table watchlist add column grace_seconds integer;

-- group_id: what is to be told together as long as it waits has the same; null for what is told alone
alter table delivery add column group_id uuid;
create index delivery_by_group on delivery (group_id, status);

-- matches that a delivery tells of beside its first
create table delivery_match (
    delivery_id uuid not null references delivery (id) on delete cascade,
    match_id uuid not null,
    primary key (delivery_id, match_id)
);
create index delivery_match_by_match on delivery_match (match_id);

-- watchlist_id: the only one for which a token of scope AUTHORISE is good
alter table api_token add column scope varchar(16) default 'ADMIN' not null;
alter table api_token add column watchlist_id uuid;
alter table api_token add constraint api_token_of_watchlist
    foreign key (watchlist_id) references watchlist (id) on delete cascade;
