#include "lib/api/audit_methods.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "careroute/api/v1/audit_service.pb.h"
#include "lib/api/internal/reading.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"
#include "lib/engine/names.h"
#include "lib/engine/organisations.h"
#include "lib/engine/tables.h"

namespace careroute::api {
namespace {

using engine::Engine;
using store::StreamKind;

// Where a page goes on: the access log, and the entry below which to read.
struct LogPosition {
  std::string process;  // empty = the newest log
  int64_t below = 0;    // entries with a smaller number; 0 = from the end
};

struct Listing {
  v1::ListAccessesRequest request;
  std::string scope;
  int32_t size = 0;
  LogPosition position;
  std::vector<std::string> processes;  // newest first
  size_t next = 0;
  v1::ListAccessesResponse response;
  base::Done<Served> done;
};
using ListingPtr = std::shared_ptr<Listing>;

bool Wanted(const v1::ListAccessesRequest& request,
            const model::v1::Access& access) {
  if (!request.organisation().empty() &&
      access.actor().organisation() != request.organisation()) {
    return false;
  }
  return request.resource().empty() ||
         std::find(access.resources().begin(), access.resources().end(),
                   request.resource()) != access.resources().end();
}

void ReadLog(Engine& engine, const ListingPtr& listing, int64_t below);

void NextLog(Engine& engine, const ListingPtr& listing) {
  if (listing->next >= listing->processes.size()) {
    std::move(listing->done)(
        Served{.bytes = listing->response.SerializeAsString()});
    return;
  }
  const auto uid = base::ParseUid(listing->processes[listing->next]);
  if (!uid.ok()) {
    ++listing->next;
    return NextLog(engine, listing);
  }
  engine.store().ReadHead(
      {.kind = StreamKind::kAccessLog, .id = *uid},
      [&engine, listing](absl::StatusOr<store::StreamHead> head) {
        if (!head.ok()) {
          std::move(listing->done)(head.status());
          return;
        }
        const int64_t below = listing->position.below > 0
                                  ? listing->position.below
                                  : head->version + 1;
        listing->position.below = 0;
        ReadLog(engine, listing, below);
      });
}

// Reads the stretch of entries just below `below` and takes them newest first.
void ReadLog(Engine& engine, const ListingPtr& listing, int64_t below) {
  if (below <= 1) {
    ++listing->next;
    return NextLog(engine, listing);
  }
  const std::string& process = listing->processes[listing->next];
  const int64_t after = std::max<int64_t>(0, below - 1 - listing->size);
  engine.store().ReadEvents(
      {.stream = {.kind = StreamKind::kAccessLog,
                  .id = *base::ParseUid(process)},
       .after_version = after,
       .limit = static_cast<int32_t>(below - 1 - after)},
      [&engine, listing, process,
       after](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) {
          std::move(listing->done)(page.status());
          return;
        }
        for (auto it = page->events.rbegin(); it != page->events.rend(); ++it) {
          model::v1::Access access;
          if (!access.ParseFromString(it->bytes) ||
              !Wanted(listing->request, access)) {
            continue;
          }
          access.set_process(process);
          access.set_sequence(it->version);
          *listing->response.add_accesses() = std::move(access);
          if (listing->response.accesses_size() == listing->size) {
            listing->response.set_next_page_token(MakeToken(
                listing->scope, absl::StrCat(process, ":", it->version)));
            std::move(listing->done)(
                Served{.bytes = listing->response.SerializeAsString()});
            return;
          }
        }
        ReadLog(engine, listing, after + 1);
      });
}

void ListAccesses(Engine& engine, const CallPtr& call,
                  const v1::ListAccessesRequest& request,
                  base::Done<Served> done) {
  auto listing = std::make_shared<Listing>();
  listing->request = request;
  listing->scope = absl::StrCat(call->method, "|", request.resource(), "|",
                                request.organisation());
  listing->size = PageSize(request.page_size());
  auto token = ReadToken(listing->scope, request.page_token());
  if (!token.ok()) {
    std::move(done)(token.status());
    return;
  }
  if (token->has_value()) {
    const std::vector<std::string> parts = absl::StrSplit(**token, ':');
    listing->position.process = parts[0];
    if (parts.size() != 2 ||
        !absl::SimpleAtoi(parts[1], &listing->position.below)) {
      listing->position = {};
    }
  }
  listing->done = std::move(done);
  engine.store().Scan(
      {.list = engine::ListOf(engine::Table::kAccessLogs, ""),
       .limit = store::kPageRowsMax,
       .order = store::ScanOrder::kDescending},
      [&engine, listing](absl::StatusOr<store::IndexPage> page) {
        if (!page.ok()) {
          std::move(listing->done)(page.status());
          return;
        }
        for (store::IndexRow& row : page->rows) {
          listing->processes.push_back(std::move(row.id));
        }
        const auto from =
            std::find(listing->processes.begin(), listing->processes.end(),
                      listing->position.process);
        if (from != listing->processes.end()) {
          listing->next =
              static_cast<size_t>(from - listing->processes.begin());
        }
        NextLog(engine, listing);
      });
}

absl::StatusOr<store::StreamId> StreamNamed(const std::string& name) {
  if (absl::StartsWith(name, "cases/")) {
    const auto uid = engine::ParseName("cases/", name);
    if (!uid.ok()) return uid.status();
    return store::StreamId{.kind = StreamKind::kCase, .id = *uid};
  }
  if (absl::StartsWith(name, "persons/")) {
    const auto uid = engine::ParseName("persons/", name);
    if (!uid.ok()) return uid.status();
    return store::StreamId{.kind = StreamKind::kPerson, .id = *uid};
  }
  if (absl::StartsWith(name, "referrals/")) {
    const auto uid = engine::ParseName("referrals/", name);
    if (!uid.ok()) return uid.status();
    return store::StreamId{.kind = StreamKind::kReferral, .id = *uid};
  }
  if (absl::StartsWith(name, "organisations/")) {
    return store::StreamId{.kind = StreamKind::kOrganisation,
                           .id = engine::Organisations::UidOf(name)};
  }
  return absl::InvalidArgumentError(
      "name is no record; send cases/{case}, persons/{person}, "
      "organisations/{organisation}, referrals/{uid} or nothing");
}

void VerifyStream(Engine& engine, const v1::VerifyStreamRequest& request,
                  base::Done<Served> done) {
  auto answer = [name = request.name(), done = std::move(done)](
                    absl::StatusOr<engine::Verification> result) mutable {
    if (!result.ok()) {
      std::move(done)(result.status());
      return;
    }
    if (!name.empty() && result->verified == 0 && result->damages.empty()) {
      std::move(done)(absl::NotFoundError("there is no such record"));
      return;
    }
    v1::VerifyStreamResponse response;
    response.set_intact(result->damages.empty());
    response.set_verified(result->verified);
    response.set_not_yet_witnessed(result->not_yet_witnessed);
    for (const engine::Damage& damage : result->damages) {
      *response.add_damages() = engine::ToProto(damage);
    }
    std::move(done)(Served{.bytes = response.SerializeAsString(),
                           .resources = {name.empty() ? "all" : name}});
  };
  if (request.name().empty()) {
    engine.verifier().VerifyAll(std::move(answer));
    return;
  }
  const absl::StatusOr<store::StreamId> stream = StreamNamed(request.name());
  if (!stream.ok()) {
    std::move(answer)(stream.status());
    return;
  }
  engine.verifier().VerifyStream(*stream, std::move(answer));
}

}  // namespace

void AddAuditMethods(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::ListAccessesRequest>(
      "careroute.api.v1.AuditService.ListAccesses",
      [&engine](const CallPtr& call, const v1::ListAccessesRequest& request,
                base::Done<Served> done) {
        ListAccesses(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::VerifyStreamRequest>(
      "careroute.api.v1.AuditService.VerifyStream",
      [&engine](const CallPtr&, const v1::VerifyStreamRequest& request,
                base::Done<Served> done) {
        VerifyStream(engine, request, std::move(done));
      });
}

}  // namespace careroute::api
