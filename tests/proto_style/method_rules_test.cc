#include "tests/proto_style/planted.h"

namespace careroute::proto_style {
namespace {

constexpr char kReads[] =
    "message GetARequest {}\nmessage GetAResponse {}\n"
    "message ListAsRequest { int32 page_size = 1; string page_token = 2; }\n"
    "message ListAsResponse { repeated string as = 1;"
    " string next_page_token = 2; }\n";

constexpr char kWrites[] =
    "message DoARequest { string request_id = 1"
    " [(careroute.options.v1.field).format = STRING_FORMAT_UUID]; }\n"
    "message DoAResponse {}\n";

constexpr char kMutation[] =
    "{ option (careroute.options.v1.method).mutation = true; }";

// Messages, and a service A with these methods.
std::string Serving(const std::string& messages, const std::string& methods) {
  return absl::StrCat(messages, "service A { ", methods, " }\n");
}

}  // namespace

std::vector<Planted> PlantedMethods() {
  return {
      {"ONE_SERVICE", "One", "service AService {}\n", {}},
      {"ONE_SERVICE",
       "Two",
       "service AService {}\nservice BService {}\n",
       {"BService"}},
      {"OWN_MESSAGES",
       "Good",
       Serving(kReads, "rpc GetA(GetARequest) returns (GetAResponse);"),
       {}},
      {"OWN_MESSAGES",
       "Shared",
       Serving(kReads,
               "rpc GetB(GetARequest) returns (GetAResponse);"
               " rpc GetA(GetARequest) returns (ListAsResponse);"),
       {"A.GetB", "A.GetA"}},
      {"STREAM",
       "Good",
       Serving("message R {}\n",
               "rpc WatchA(R) returns (stream R); rpc GetA(R) returns (R);"),
       {}},
      {"STREAM",
       "Bad",
       Serving("message R {}\n",
               "rpc WatchA(R) returns (R); rpc GetA(R) returns (stream R);"
               " rpc WatchB(stream R) returns (stream R);"),
       {"A.WatchA", "A.GetA", "A.WatchB"}},
      {"ENVELOPE",
       "InACommand",
       "message A { string request_id = 1; string etag = 2;"
       " bool validate_only = 3; string note = 4; }\n",
       {"A.request_id", "A.etag", "A.validate_only"},
       "careroute.command.v1"},
      {"ENVELOPE",
       "InARequest",
       "message ARequest { string request_id = 1; }\n",
       {},
       "careroute.api.v1"},
  };
}

std::vector<Planted> PlantedRequestIds() {
  return {
      {"REQUEST_ID",
       "Good",
       Serving(absl::StrCat(kReads, kWrites),
               absl::StrCat("rpc GetA(GetARequest) returns (GetAResponse);"
                            " rpc DoA(DoARequest) returns (DoAResponse) ",
                            kMutation)),
       {}},
      {"REQUEST_ID",
       "Missing",
       Serving("message R {}\n",
               absl::StrCat("rpc DoA(R) returns (R) ", kMutation)),
       {"A.DoA"}},
      {"REQUEST_ID",
       "WithoutFormat",
       Serving("message R { string request_id = 1; }\n",
               absl::StrCat("rpc DoA(R) returns (R) ", kMutation)),
       {"A.DoA"}},
      {"REQUEST_ID",
       "NotSaid",
       Serving(kWrites, "rpc DoA(DoARequest) returns (DoAResponse);"),
       {"A.DoA"}},
      {"REQUEST_ID",
       "AReadThatSaysItWrites",
       Serving(absl::StrCat(kReads, kWrites),
               absl::StrCat("rpc GetA(GetARequest) returns (GetAResponse) ",
                            kMutation,
                            " rpc ListA(DoARequest) returns (DoAResponse);")),
       {"A.GetA", "A.ListA"}},
      {"REQUEST_ID",
       "AVerbThatOnlyBeginsLikeARead",
       Serving("message R {}\n", "rpc Getaway(R) returns (R);"),
       {"A.Getaway", "A.Getaway"}},
  };
}

std::vector<Planted> PlantedPages() {
  return {
      {"PAGES",
       "Good",
       Serving(kReads, "rpc ListAs(ListAsRequest) returns (ListAsResponse);"),
       {}},
      {"PAGES",
       "WithoutRequestFields",
       Serving(kReads, "rpc ListAs(GetARequest) returns (ListAsResponse);"),
       {"A.ListAs"}},
      {"PAGES",
       "WithoutToken",
       Serving(kReads, "rpc ListAs(ListAsRequest) returns (GetAResponse);"),
       {"A.ListAs"}},
      {"PAGES",
       "WithoutRows",
       Serving("message R { int32 page_size = 1; string page_token = 2;"
               " string next_page_token = 3; }\n",
               "rpc ListAs(R) returns (R);"),
       {"A.ListAs"}},
  };
}

}  // namespace careroute::proto_style
