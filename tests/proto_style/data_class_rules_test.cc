#include "tests/proto_style/planted.h"

namespace careroute::proto_style {
namespace {

constexpr char kRoute[] =
    "[(careroute.options.v1.field).data_class = DATA_CLASS_ROUTE]";
constexpr char kNoPerson[] =
    "option (careroute.options.v1.message).no_person_data = true;";
constexpr char kFromField[] =
    "option (careroute.options.v1.message).class_from_field = true;";

}  // namespace

std::vector<Planted> PlantedDataClasses() {
  return {
      {"DATA_CLASS", "NotInAReply", "message A { string a = 1; }\n", {}},
      {"DATA_CLASS",
       "Good",
       Called(absl::StrCat("string a = 1 ", kRoute,
                           "; google.protobuf.Timestamp b_time = 2 ", kRoute,
                           "; R r = 3;")),
       {}},
      {"DATA_CLASS",
       "NoPersonData",
       Called(absl::StrCat(kNoPerson, " string a = 1;")),
       {}},
      {"DATA_CLASS",
       "Bad",
       Called("string a = 1; google.protobuf.Timestamp b_time = 2;"
              " repeated int32 c = 3; map<string, string> d = 4;"),
       {"R.a", "R.b_time", "R.c", "R.d"}},
      {"DATA_CLASS",
       "FarBelow",
       absl::StrCat("message C { bool d = 1; }\nmessage B { C c = 1; }\n",
                    Called("map<string, B> b = 1;")),
       {"C.d"}},
      {"DATA_CLASS",
       "FromField",
       Called(absl::StrCat(kFromField,
                           " DataClass data_class = 1; string a = 2;")),
       {}},
      {"DATA_CLASS",
       "FromFieldThatIsMissing",
       Called(absl::StrCat(kFromField, " string a = 2;")),
       {"R"}},
      {"DATA_CLASS",
       "FromFieldOfAnotherType",
       Called(absl::StrCat(kFromField, " string data_class = 1;")),
       {"R"}},
      {"NO_PERSON_DATA",
       "Good",
       absl::StrCat("message B { ", kNoPerson, " string c = 1; }\n",
                    "message A { ", kNoPerson, " B b = 1; string d = 2;",
                    " google.protobuf.Timestamp e_time = 3; }\n"),
       {}},
      {"NO_PERSON_DATA",
       "LookedAt",
       absl::StrCat("message B { string c = 1; }\nmessage A { ", kNoPerson,
                    " B b = 1 ", kRoute, "; }\n"),
       {}},
      {"NO_PERSON_DATA",
       "Below",
       absl::StrCat("message B { string c = 1; }\nmessage A { ", kNoPerson,
                    " repeated B b = 1; map<string, B> m = 2; }\n"),
       {"A.b", "A.m"}},
      {"NO_PERSON_DATA",
       "Contradicted",
       absl::StrCat("message A { ", kNoPerson,
                    " string a = 1 [(careroute.options.v1.field)"
                    ".data_class = DATA_CLASS_MEDICAL]; }\n"),
       {"A.a"}},
  };
}

}  // namespace careroute::proto_style
