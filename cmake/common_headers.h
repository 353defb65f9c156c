// cmake/common_headers.h: what nearly every source of ours includes, parsed
// once for each kind of target (see careroute_precompile in functions.cmake).
//
// No source may count on it: the presets release, tidy and fuzz build without
// it, so that a missing include is found.

#ifndef CAREROUTE_CMAKE_COMMON_HEADERS_H_
#define CAREROUTE_CMAKE_COMMON_HEADERS_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/pathway.pb.h"
#include "careroute/model/v1/route.pb.h"
#include "google/protobuf/text_format.h"

#endif  // CAREROUTE_CMAKE_COMMON_HEADERS_H_
