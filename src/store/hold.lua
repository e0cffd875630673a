-- Holds everything until a person lets it go. Whoever decides finds itself fenced off with its next commit.
-- ARGV: now as text, why

call('HSET', P .. 'hold', 'at', ARGV[1], 'why', ARGV[2])
call('HDEL', P .. 'owner', 'token')
return 1
