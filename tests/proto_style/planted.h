// tests/proto_style/planted.h: a few lines of proto, and what a rule says of
// them.
//
// planted_test.cc goes through all tables. Only the rule of a row runs, so that
// a row holds nothing but what it is about.

#ifndef CAREROUTE_TESTS_PROTO_STYLE_PLANTED_H_
#define CAREROUTE_TESTS_PROTO_STYLE_PLANTED_H_

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace careroute::proto_style {

struct Planted {
  std::string rule;
  std::string name;
  std::string text;                   // of the file, from line 6
  std::vector<std::string> expected;  // elements, without the package
  std::string package = "careroute.model.v1";

  friend void PrintTo(const Planted& planted, std::ostream* out) {
    *out << planted.text;
  }
};

// The file of `planted`, with everything imported that a text may name.
inline std::map<std::string, std::string> FileOf(const Planted& planted) {
  const std::string folder = absl::StrReplaceAll(planted.package, {{".", "/"}});
  return {{absl::StrCat(folder, "/planted.proto"),
           absl::StrCat("syntax = \"proto3\";\npackage ", planted.package,
                        ";\nimport \"careroute/model/v1/data_class.proto\";\n"
                        "import \"careroute/options/v1/options.proto\";\n"
                        "import \"google/protobuf/timestamp.proto\";\n",
                        planted.text)}};
}

// A message R of these fields that a method takes and gives back.
inline std::string Called(const std::string& fields) {
  return absl::StrCat("message R { ", fields,
                      " }\nservice A { rpc GetA(R) returns (R); }\n");
}

// The tables, each beside its rules: comment_rules_test.cc and so on.
[[nodiscard]] std::vector<Planted> PlantedComments();
[[nodiscard]] std::vector<Planted> PlantedNames();
[[nodiscard]] std::vector<Planted> PlantedMethods();
[[nodiscard]] std::vector<Planted> PlantedRequestIds();
[[nodiscard]] std::vector<Planted> PlantedPages();
[[nodiscard]] std::vector<Planted> PlantedLimits();
[[nodiscard]] std::vector<Planted> PlantedLimitFaults();
[[nodiscard]] std::vector<Planted> PlantedBounds();
[[nodiscard]] std::vector<Planted> PlantedDataClasses();

}  // namespace careroute::proto_style

#endif  // CAREROUTE_TESTS_PROTO_STYLE_PLANTED_H_
