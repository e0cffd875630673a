-- Gives the owner's lease up, when it is ours, so that another need not wait for its end. The epoch
-- stays. Gives 1 when it was ours.
-- ARGV: token

if not is_owner(ARGV[1]) then
	return 0
end
call('HDEL', P .. 'owner', 'token', 'until', 'recovered', 'rung')
return 1
