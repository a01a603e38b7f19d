package project

import (
	"context"
	"slices"

	"jushou/projects/preset"
	"jushou/web/view"
)

// supports are the answers to how much support a proposal needs.
func supports(ctx context.Context) []view.Option {
	return []view.Option{
		{Value: supportNone, Text: view.T(ctx, "preset.support_none")}, {Value: supportCount, Text: view.T(ctx, "preset.by_count")}, {Value: supportShare, Text: view.T(ctx, "preset.by_share")},
	}
}

// ruleOptions are who may decide.
func ruleOptions(ctx context.Context) []view.Option {
	var all []view.Option
	for _, r := range preset.Rules() {
		all = append(all, view.Option{Value: string(r), Text: view.T(ctx, "project.rule."+string(r))})
	}
	return all
}

// stageOptions are the stages that may wait for a paper.
func stageOptions(ctx context.Context) []view.Option {
	var all []view.Option
	for _, s := range preset.Stages()[:len(preset.Stages())-1] {
		all = append(all, view.Option{Value: string(s), Text: view.T(ctx, "project.stage."+string(s))})
	}
	return all
}

// stageTicks are the stages that may be left out.
func stageTicks(ctx context.Context, on []preset.Stage) []view.Ticked {
	var all []view.Ticked
	for _, s := range optionalStages() {
		all = append(all, view.Ticked{Value: string(s), Text: view.T(ctx, "project.stage."+string(s)), On: slices.Contains(on, s)})
	}
	return all
}

// way is the line of stages that the form describes.
func (f presetForm) way() []preset.Stage { return f.preset().Stages }

// criteria are the rows of the form with empty ones behind them.
func (f presetForm) criteria() []criterionRow {
	return append(slices.Clip(f.Criteria), make([]criterionRow, min(2, max(0, preset.MaxCriteria-len(f.Criteria))))...)
}

// paperRows are the rows of the form with empty ones behind them.
func (f presetForm) paperRows() []paperRow {
	rows := slices.Clip(f.Papers)
	for range min(2, max(0, preset.MaxPapers-len(f.Papers))) {
		rows = append(rows, paperRow{At: string(preset.Deliberating)})
	}
	return rows
}

// aspectRows are the rows of the form with an empty one behind them.
func (f presetForm) aspectRows() []preset.Aspect {
	return append(slices.Clip(f.Aspects), make([]preset.Aspect, min(2, max(0, preset.MaxAspects-len(f.Aspects))))...)
}
