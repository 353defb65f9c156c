// lib/engine/organisations.h: the directory: written as streams, read as one
// picture.
//
// Each organisation is a stream. The newest state of all of them is kept as an
// immutable picture that decisions and matches borrow.
//
//   organisations.Start(done);                 // once, reads every stream
//   const DirectoryPtr picture = organisations.Current();
//   organisations.Put({.info = info, .organisation = clinic}, done);

#ifndef CAREROUTE_LIB_ENGINE_ORGANISATIONS_H_
#define CAREROUTE_LIB_ENGINE_ORGANISATIONS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/command/v1/organisation_command.pb.h"
#include "careroute/event/v1/organisation_event.pb.h"
#include "careroute/model/v1/directory.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"
#include "lib/base/random.h"
#include "lib/casework/context.h"
#include "lib/directory/directory.h"
#include "lib/engine/internal/person_keys.h"
#include "lib/engine/organisation_traits.h"
#include "lib/engine/request.h"
#include "lib/engine/stream_engine.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/sealer.h"

namespace careroute::engine {

// The picture, with what decisions ask of each organisation ready.
struct DirectoryPicture {
  directory::Directory directory;
  std::map<std::string, casework::OrganisationFacts, std::less<>> facts;
};
using DirectoryPtr = std::shared_ptr<const DirectoryPicture>;

// Thread-safe. Everything handed in must outlive it.
class Organisations {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    base::Random& random;
    base::Executor& executor;
    const registry::KeyRing& keys;
    registry::Sealer& sealer;
  };
  explicit Organisations(const Options& options);

  // Reads every organisation. Before it the picture is empty.
  void Start(base::DoneStatus done);

  // Reads one organisation again: another process may have written it.
  void Refresh(base::Uid uid, base::DoneStatus done);

  [[nodiscard]] DirectoryPtr Current() const;

  using MakeAnswer = std::function<std::string(const model::v1::Organisation&)>;
  struct ExecuteRequest {
    RequestInfo info;
    std::string organisation;  // "organisations/{organisation}"
    command::v1::OrganisationCommand command;
    MakeAnswer make_answer;  // null = an empty answer
  };
  // Putting a description that is already so changes nothing.
  void Execute(ExecuteRequest request, base::Done<Reply> done);

  // The stream of an organisation: derived from its name.
  [[nodiscard]] static base::Uid UidOf(absl::string_view organisation);

 private:
  void LoadPage(std::optional<base::Uid> after, base::DoneStatus done);
  void LoadOne(std::shared_ptr<std::vector<base::Uid>> rest,
               base::DoneStatus done, bool more, base::Uid last);
  void OpenNames(base::Uid uid, const Loaded<OrganisationState>& loaded,
                 base::Done<model::v1::Organisation> done);
  // The description with the names of its members; without a key they stay
  // sealed.
  [[nodiscard]] absl::StatusOr<model::v1::Organisation> WithNames(
      const OrganisationState& state, const base::Uid& uid,
      const internal::KeyPtr& key) const;
  [[nodiscard]] absl::StatusOr<Plan<OrganisationState>> DecideOn(
      const ExecuteRequest& request, const Loaded<OrganisationState>& loaded,
      const base::Uid& uid, const internal::KeyPtr& key);
  [[nodiscard]] absl::StatusOr<Plan<OrganisationState>> DecidePut(
      const ExecuteRequest& request, const Loaded<OrganisationState>& loaded,
      const base::Uid& uid, const internal::KeyPtr& key);
  // Absences and dismissals.
  [[nodiscard]] absl::StatusOr<Plan<OrganisationState>> DecideMember(
      const ExecuteRequest& request, const Loaded<OrganisationState>& loaded);
  // Today in UTC: east of it the same day, or the next one already.
  [[nodiscard]] absl::CivilDay UtcDay() const;
  // Folds the event and makes the answer.
  [[nodiscard]] static absl::Status Finish(
      const ExecuteRequest& request, const Loaded<OrganisationState>& loaded,
      const event::v1::OrganisationEvent& event, Plan<OrganisationState>& plan);
  // Of two that are shown in either order the newer stays.
  void Show(int64_t version, model::v1::Organisation organisation);

  store::Store& store_;
  const base::Clock& clock_;
  base::Random& random_;
  const registry::KeyRing& keys_;
  registry::Sealer& sealer_;
  StreamEngine<OrganisationTraits> streams_;
  mutable base::Mutex mutex_;
  DirectoryPtr picture_ CAREROUTE_GUARDED_BY(mutex_);
  // The version of each organisation in the picture, by its name.
  std::map<std::string, int64_t> shown_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ORGANISATIONS_H_
