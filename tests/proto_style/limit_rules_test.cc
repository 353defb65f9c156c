#include "tests/proto_style/planted.h"

namespace careroute::proto_style {
namespace {

// One field of a message with rules.
std::string Ruled(const std::string& field, const std::string& rules) {
  return absl::StrCat("message A { ", field, " = 1 [(careroute.options.v1.",
                      "field) = {", rules, "}]; }\n");
}

}  // namespace

std::vector<Planted> PlantedLimits() {
  return {
      {"LIMITS", "Text", Ruled("string a", "max_length: 64"), {}},
      {"LIMITS",
       "Items",
       Ruled("repeated bytes a", "max_length: 64, max_items: 5"),
       {}},
      {"LIMITS",
       "Map",
       Ruled("map<string, string> a", "max_length: 64, max_items: 5"),
       {}},
      {"LIMITS", "Number", Ruled("int32 a", "min: -1, max: 5"), {}},
      {"LIMITS",
       "Name",
       Ruled("string a",
             "format: STRING_FORMAT_RESOURCE_NAME, resource: \"cases/*\""),
       {}},
  };
}

std::vector<Planted> PlantedLimitFaults() {
  return {
      {"LIMITS",
       "LengthOfANumber",
       Ruled("int32 a", "max_length: 64"),
       {"A.a"}},
      {"LIMITS",
       "LengthOfAMapOfNumbers",
       Ruled("map<string, int32> a", "max_length: 64"),
       {"A.a"}},
      {"LIMITS",
       "NegativeLength",
       Ruled("string a", "max_length: -1"),
       {"A.a"}},
      {"LIMITS",
       "HugeLength",
       Ruled("string a", "max_length: 99999999"),
       {"A.a"}},
      {"LIMITS", "ItemsOfOne", Ruled("string a", "max_items: 5"), {"A.a"}},
      {"LIMITS",
       "HugeItems",
       Ruled("repeated string a", "max_items: 999999"),
       {"A.a"}},
      {"LIMITS", "RangeOfAText", Ruled("string a", "max: 5"), {"A.a"}},
      {"LIMITS", "EmptyRange", Ruled("int32 a", "min: 6, max: 5"), {"A.a"}},
      {"LIMITS",
       "FormatOfBytes",
       Ruled("bytes a", "format: STRING_FORMAT_UUID"),
       {"A.a"}},
      {"LIMITS",
       "NameWithoutPattern",
       Ruled("string a", "format: STRING_FORMAT_RESOURCE_NAME"),
       {"A.a"}},
      {"LIMITS",
       "PatternWithoutName",
       Ruled("string a", "resource: \"cases/*\""),
       {"A.a"}},
  };
}

std::vector<Planted> PlantedBounds() {
  return {
      {"BOUND", "NotInARequest", "message A { string a = 1; }\n", {}},
      {"BOUND",
       "Good",
       Called("string a = 1 [(careroute.options.v1.field).max_length = 9];"
              " string b = 2"
              " [(careroute.options.v1.field).format = STRING_FORMAT_ID];"
              " repeated int32 c = 3"
              " [(careroute.options.v1.field).max_items = 9]; int32 d = 4;"
              " string e = 5 [(careroute.options.v1.field) ="
              " {behavior: FIELD_BEHAVIOR_OUTPUT_ONLY}];"),
       {}},
      {"BOUND",
       "Bad",
       Called("string a = 1; bytes b = 2; repeated int32 c = 3;"
              " map<string, int32> d = 4;"),
       {"R.a", "R.b", "R.c", "R.d"}},
      {"BOUND",
       "FarBelow",
       absl::StrCat("message C { string d = 1; }\nmessage B { C c = 1; }\n",
                    Called("B b = 1;")),
       {"C.d"}},
  };
}

}  // namespace careroute::proto_style
