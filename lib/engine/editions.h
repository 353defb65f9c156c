// lib/engine/editions.h: the published editions, and the pathways behind them.
//
// A bound edition is stored whole under the hash of its bytes. A case pins the
// hash, so it can be judged by the rules it began under for as long as it
// lives. Parsed editions are kept in memory: a hub has a few dozen.
//
//   editions.Publish({.info = info, .bound = bytes, .make_answer = ...}, done);
//   editions.Find(hash, [](absl::StatusOr<EditionPtr> edition) { ... });
//   editions.Choose({.pathway = "early-help", .jurisdiction = "RU-KHA",
//                    .day = today}, done);

#ifndef CAREROUTE_LIB_ENGINE_EDITIONS_H_
#define CAREROUTE_LIB_ENGINE_EDITIONS_H_

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "careroute/model/v1/edition.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"
#include "lib/engine/hub_traits.h"
#include "lib/engine/request.h"
#include "lib/engine/stream_engine.h"
#include "lib/pathway/edition.h"
#include "lib/store/store.h"

namespace careroute::engine {

using EditionPtr = std::shared_ptr<const pathway::Edition>;

// Thread-safe. Everything handed in must outlive it.
class Editions {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    base::Executor& executor;
  };
  explicit Editions(const Options& options);

  struct PublishRequest {
    RequestInfo info;
    // A checked, bound pathway, as lib/pathway serialised it.
    std::string bound;
    // The same, where it is at hand already; null = it is read from `bound`.
    EditionPtr edition;
    // Makes the response of what is published.
    std::function<std::string(const model::v1::PublishedEdition&)> make_answer;
  };
  // Publishing the same bytes again changes nothing and answers the same.
  // Refused with EDITION_EXISTS when the id and edition, for the same overlay,
  // exist with other bytes.
  void Publish(PublishRequest request, base::Done<Reply> done);

  // The edition of that hash. NOT_FOUND when none was published.
  void Find(const std::string& hash, base::Done<EditionPtr> done);

  struct ChooseRequest {
    std::string pathway;
    // Where the case is; an edition for it wins over one of the whole country.
    std::string jurisdiction;
    absl::CivilDay day;
  };
  // The newest edition a new case may pin. NOT_FOUND, naming region, pathway
  // and day, when there is none: an edition bound for one region applies to no
  // other.
  void Choose(ChooseRequest request, base::Done<EditionPtr> done);

  // Reads what every published edition declares. Before anything else.
  void Start(base::DoneStatus done);

  // Whether any published edition declares the purpose, besides care,
  // coordination and audit. An edition that cannot be read declares none.
  [[nodiscard]] bool DeclaresPurpose(absl::string_view purpose) const;

  // All, newest first.
  void List(base::Done<std::vector<model::v1::PublishedEdition>> done);

 private:
  void LearnAll(std::shared_ptr<std::vector<std::string>> hashes,
                base::DoneStatus done);
  // Keeps it parsed, and the purposes it declares.
  void Learn(const EditionPtr& edition);
  void FetchBlob(const std::string& hash, base::Done<EditionPtr> done);
  void Append(const PublishRequest& request, const Loaded<HubState>& hub,
              model::v1::PublishedEdition published,
              base::Done<Plan<HubState>> done) const;

  store::Store& store_;
  const base::Clock& clock_;
  StreamEngine<HubTraits> hub_;
  mutable base::Mutex mutex_;
  absl::flat_hash_map<std::string, EditionPtr> parsed_
      CAREROUTE_GUARDED_BY(mutex_);
  std::set<std::string, std::less<>> purposes_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_EDITIONS_H_
