# Completion of candourctl for bash. It asks the program itself, so it knows what this version knows.

_candourctl() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} said=() i
	COMPREPLY=()
	case $before in
	--config | --events | --out)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
		;;
	--policy | --templates)
		mapfile -t COMPREPLY < <(compgen -d -- "$word")
		return
		;;
	esac
	# What was said so far, without options: the command, or its first word.
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--config) i=$((i + 1)) ;;
		-* | help) ;;
		*) said+=("${COMP_WORDS[i]}") ;;
		esac
	done
	local commands names
	commands=$("${COMP_WORDS[0]}" help 2>/dev/null | sed -n 's/^  \([a-z][a-z ]*[a-z]\)  .*/\1/p')
	if [[ $word == -* ]]; then
		names="--config --json --help $("${COMP_WORDS[0]}" help "${said[@]:0:2}" 2>/dev/null ||
			"${COMP_WORDS[0]}" help "${said[0]}" 2>/dev/null)"
		names=$(grep -o -- '--[a-z-]*' <<<"$names" | sort -u)
	elif ((${#said[@]} == 0)); then
		names="help $(cut -d ' ' -f 1 <<<"$commands" | sort -u)"
	elif ((${#said[@]} == 1)); then
		names=$(sed -n "s/^${said[0]} //p" <<<"$commands")
	fi
	mapfile -t COMPREPLY < <(compgen -W "$names" -- "$word")
	# Where the command takes a file.
	if ((${#COMPREPLY[@]} == 0)) && [[ $word != -* ]]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
	fi
}

complete -F _candourctl candourctl
