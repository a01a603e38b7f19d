// Package phrasebook keeps the sentences that a community's answers often begin with (常用回复): the people on duty write them
// down once and put them into an answer with one tap. A phrase is never sent by itself: an answer is a person's.
package phrasebook
