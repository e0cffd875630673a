-- The prefix's own key for message ids: the fresh one the first time, then the same for ever.
-- ARGV: a fresh key in hex

call('SET', P .. 'key', ARGV[1], 'NX')
return call('GET', P .. 'key')
