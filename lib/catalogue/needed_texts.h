// lib/catalogue/needed_texts.h: the texts a file must have, and those it has.
//
// What an instrument or a set of measures needs a text for is known where its
// parts are known; whether the tables beside it hold those texts, in each of
// its languages and no others, is asked here once.
//
//   NeededTexts needed;
//   needed.Need("item/bathing", "items[0]");
//   CheckNeededTexts(needed, {.tables = texts, .languages = languages},
//                    problems);

#ifndef CAREROUTE_LIB_CATALOGUE_NEEDED_TEXTS_H_
#define CAREROUTE_LIB_CATALOGUE_NEEDED_TEXTS_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "careroute/model/v1/text.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/base/problems.h"

namespace careroute::catalogue {

// Keys, each with the path of what it belongs to.
class NeededTexts {
 public:
  // The first path of a key stays.
  void Need(std::string key, std::string path);

  // In the order they were asked for.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& list()
      const {
    return list_;
  }
  [[nodiscard]] bool Has(const std::string& key) const {
    return keys_.find(key) != keys_.end();
  }

 private:
  std::vector<std::pair<std::string, std::string>> list_;
  std::set<std::string> keys_;
};

// The tables of a file, which stand at "texts[i]" of it.
struct TextTables {
  const google::protobuf::RepeatedPtrField<model::v1::TextTable>& tables;
  const google::protobuf::RepeatedPtrField<std::string>& languages;
};

// Adds what is wrong with each table by itself (check_texts.h), UNUSED as a
// warning for a text nothing has, and NO_TEXT for one that is missing in a
// language.
void CheckNeededTexts(const NeededTexts& needed, const TextTables& texts,
                      base::Problems& problems);

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_NEEDED_TEXTS_H_
