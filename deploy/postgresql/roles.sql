-- Who may do what in the database. Run once as a superuser: psql -f deploy/postgresql/roles.sql
-- Then give the three who sign in a password each: \password sangkien_owner …
-- sangkien_owner owns tables and rules, and migrates; nothing that the public talks to signs in as it.
-- sangkien_web serves people: reads and writes rows, and can neither change a table nor take a rule down.
-- sangkien_queue tidies the index of words each minute (gin_clean_pending_list), which only an owner may; no time limits.

CREATE ROLE sangkien_owner LOGIN;
CREATE ROLE sangkien_web LOGIN;
CREATE ROLE sangkien_queue LOGIN IN ROLE sangkien_owner;

CREATE DATABASE sangkien OWNER sangkien_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE sangkien FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE sangkien TO sangkien_web, sangkien_queue;

-- A lock that is not to be had in 3 seconds is answered with "busy"; compiling (jit) takes longer than answering.
ALTER ROLE sangkien_web SET lock_timeout = '3s';
ALTER ROLE sangkien_web SET statement_timeout = '30s';
ALTER ROLE sangkien_web SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE sangkien_web SET jit = off;
ALTER ROLE sangkien_web CONNECTION LIMIT 150;
ALTER ROLE sangkien_queue SET jit = off;
-- Building the index of words at 2.5 million initiatives takes minutes; with this, fewer.
ALTER ROLE sangkien_owner SET maintenance_work_mem = '512MB';

\connect sangkien
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO sangkien_owner;
GRANT USAGE ON SCHEMA public TO sangkien_web;
ALTER DEFAULT PRIVILEGES FOR ROLE sangkien_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO sangkien_web;
ALTER DEFAULT PRIVILEGES FOR ROLE sangkien_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO sangkien_web;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
