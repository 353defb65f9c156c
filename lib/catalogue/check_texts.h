// lib/catalogue/check_texts.h: what is wrong with a table of texts by itself.
//
// Whose texts they are shows elsewhere; keys that stand twice, empty texts,
// markup and words a family never reads are wrong wherever the table is used.
//
//   base::Problems problems;
//   CheckTextTable(table, "texts[0]", problems);

#ifndef CAREROUTE_LIB_CATALOGUE_CHECK_TEXTS_H_
#define CAREROUTE_LIB_CATALOGUE_CHECK_TEXTS_H_

#include <string>

#include "careroute/model/v1/text.pb.h"
#include "lib/base/problems.h"

namespace careroute::catalogue {

// `path` is where the table stands; empty = a file of its own.
void CheckTextTable(const model::v1::TextTable& table, const std::string& path,
                    base::Problems& problems);

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_CHECK_TEXTS_H_
