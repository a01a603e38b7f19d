package view

import "testing"

func TestAreasAreWrittenToTheHundredth(t *testing.T) {
	t.Parallel()
	for area, want := range map[int64]string{0: "0.00 m²", 7: "0.07 m²", 8950: "89.50 m²", 108_950_05: "108,950.05 m²"} {
		if got := SquareMetres(area); got != want {
			t.Errorf("%d is %s, want %s", area, got, want)
		}
	}
}

func TestABylineSaysWhoSpeaks(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"居委干部 陈静": Byline("陈静", "居委干部", "3号楼"), "林** 3号楼": Byline("林**", "", "3号楼"), "林**": Byline("林**", "", ""),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
