package demo

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
)

// terms lets the home community's secretary change one of its terms, so that there is a history to read. What is told
// of its topics was promised under the terms before.
func (d *district) terms(ctx context.Context) error {
	secretary, err := d.persona(ctx, "zhang")
	if err != nil {
		return err
	}
	_, err = d.TopicsBy(clock.Standing(d.ago(1, 16, 20))).ChangePromises(ctx, secretary, deliberation.ChangePromises{
		Community: HomeCommunity, Terms: community.Terms{CloseDays: 10},
		Reason: "有几位老人一周才看一次手机，办好以后多等三天，让他们来得及说一声。",
	})
	return err
}
