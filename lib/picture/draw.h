// lib/picture/draw.h: a pathway, and a family's route on it, as a picture.
//
// For a person who must judge a pathway without reading its source, and for a
// family that wants to see where it stands. The answer is a text in Graphviz's
// language, in Russian or English, on as many sheets of paper as its letters
// need to be read: 7 points and more.
//
//   const picture::Picture all = picture::DrawPathway(*edition,
//                                                     {.language = "ru"});
//   const picture::Picture way = picture::DrawRoute(*edition, route,
//                                                   {.language = "ru"});
//
// Lanes are kinds of agencies, from the family down; stages go from left to
// right. A step of the pathway's own is drawn in full: who, until when and how
// sure that is, what must hold, what may come of it and where that leads. The
// steps of one use of a block are one box that names it; blocks of the last
// stage stand below the lanes when they are all that stage has. What leads to
// another sheet says to which; each sheet has its own sources, conditions and
// legend. Every place is fixed in the text (`layout=nop2`): Graphviz draws, and
// decides nothing.

#ifndef CAREROUTE_LIB_PICTURE_DRAW_H_
#define CAREROUTE_LIB_PICTURE_DRAW_H_

#include <string>

#include "careroute/model/v1/route.pb.h"
#include "lib/pathway/edition.h"

namespace careroute::picture {

struct DrawOptions {
  // Words of the program are Russian for "ru" and English for any other.
  std::string language;
  // Which sheet, from 1 on; 0 = all, one below the other.
  int sheet = 0;
};

struct Picture {
  std::string dot;  // empty when there is no such sheet
  int sheets = 0;   // how many the whole has
};

// On A3 landscape. Pure and total. An edition that is not bound
// (EditionForReading) says "set by the region" where a term has no number yet.
[[nodiscard]] Picture DrawPathway(const pathway::Edition& edition,
                                  const DrawOptions& options);

// What concerns one family, and nothing else, on A4 landscape (A3 makes its
// letters ten points): done, now, overdue, on pause, next; whose move it is,
// until when and by which rule. The route must have been asked in the language,
// of a case on this edition; rows of unknown steps are left out. What was
// withheld from the caller is not on the route, hence not on the picture.
[[nodiscard]] Picture DrawRoute(const pathway::Edition& edition,
                                const model::v1::Route& route,
                                const DrawOptions& options);

}  // namespace careroute::picture

#endif  // CAREROUTE_LIB_PICTURE_DRAW_H_
