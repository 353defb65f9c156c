// lib/picture/draw.h: a pathway, and a family's route on it, as a picture.
//
// For a person who must judge a pathway without reading its source, and for a
// family that wants to see where it stands. The answer is a text in Graphviz's
// language, in Russian or English, laid out for A3 landscape.
//
//   const std::string dot = picture::DrawPathway(*edition, "ru");
//   const std::string way = picture::DrawRoute(*edition, route, "ru");
//
// Lanes are kinds of agencies, from the family down; stages go from left to
// right. A step of the pathway's own is drawn in full: who, until when and how
// sure that is, what must hold, what may come of it and where that leads. The
// steps of one use of a block are one box that names it; blocks of the last
// stage stand below the lanes when they are all that stage has. Every place is
// fixed in the text (`layout=nop2`): Graphviz draws, and decides nothing.

#ifndef CAREROUTE_LIB_PICTURE_DRAW_H_
#define CAREROUTE_LIB_PICTURE_DRAW_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/route.pb.h"
#include "lib/pathway/edition.h"

namespace careroute::picture {

// Pure and total. An edition that is not bound (EditionForReading) says
// "set by the region" where a term has no number yet. Words of the program are
// Russian for "ru" and English for any other language.
[[nodiscard]] std::string DrawPathway(const pathway::Edition& edition,
                                      absl::string_view language);

// The same with the route on it: done, now, overdue, on pause, next, and what
// is not reached; whose move it is and until when. The route must have been
// asked in `language`, of a case on this edition; rows of unknown steps are
// left out. What was withheld from the caller is not on the route, hence not
// on the picture.
[[nodiscard]] std::string DrawRoute(const pathway::Edition& edition,
                                    const model::v1::Route& route,
                                    absl::string_view language);

}  // namespace careroute::picture

#endif  // CAREROUTE_LIB_PICTURE_DRAW_H_
