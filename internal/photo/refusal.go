package photo

import (
	"errors"
	"syscall"

	"jushou/internal/fault"
)

// refusal classifies an error of the disk. Full means for us: no space, no inode, or a quota.
func refusal(err error) *fault.Error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return ErrStoreFull.Because(err)
	}
	return ErrStore.Because(err)
}
