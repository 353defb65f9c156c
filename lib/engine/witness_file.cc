#include "lib/engine/witness_file.h"

#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace careroute::engine {
namespace {

using model::v1::SignedCheckpoint;

absl::StatusOr<SignedCheckpoint> ReadLine(absl::string_view line,
                                          const SignatureCheck& check) {
  std::string bytes;
  SignedCheckpoint read;
  model::v1::Checkpoint checkpoint;
  if (!absl::Base64Unescape(line, &bytes) || !read.ParseFromString(bytes) ||
      !checkpoint.ParseFromString(read.checkpoint()) ||
      checkpoint.sequence() < 1) {
    return absl::InvalidArgumentError(
        "no checkpoint; use a file that `careroute verify --export-witness` "
        "made");
  }
  if (check == nullptr) return read;
  const absl::Status genuine = check({.algorithm = read.algorithm(),
                                      .key_id = read.key_id(),
                                      .bytes = read.signature()},
                                     read.checkpoint());
  if (!genuine.ok()) return absl::InvalidArgumentError(genuine.message());
  return read;
}

// The newest checkpoint of each stream of them.
class Writing : public std::enable_shared_from_this<Writing> {
 public:
  Writing(store::Store& store, base::Done<std::string> done)
      : store_(store), done_(std::move(done)) {}

  void List() {
    store_.ListStreams(
        {.kind = store::StreamKind::kCheckpoint,
         .after = listed_,
         .limit = store::kPageRowsMax},
        [self = shared_from_this()](absl::StatusOr<store::StreamPage> page) {
          if (!page.ok()) return std::move(self->done_)(page.status());
          self->more_ = page->more;
          for (store::StreamHead& head : page->streams) {
            self->listed_ = head.stream.id;
            self->heads_.push_back(std::move(head));
          }
          self->Next();
        });
  }

 private:
  void Next() {
    if (heads_.empty()) {
      if (more_) return List();
      return std::move(done_)(std::move(text_));
    }
    const store::StreamHead head = std::move(heads_.front());
    heads_.pop_front();
    store_.ReadEvents(
        {.stream = head.stream, .after_version = head.version - 1, .limit = 1},
        [self = shared_from_this()](absl::StatusOr<store::EventPage> page) {
          if (!page.ok()) return std::move(self->done_)(page.status());
          for (const store::StoredEvent& stored : page->events) {
            self->text_ += WitnessLine(stored.bytes);
          }
          self->Next();
        });
  }

  store::Store& store_;
  base::Done<std::string> done_;
  std::optional<base::Uid> listed_;
  bool more_ = false;
  std::deque<store::StreamHead> heads_;
  std::string text_;
};

}  // namespace

absl::StatusOr<std::vector<SignedCheckpoint>> ReadWitnesses(
    const ReadWitnessesRequest& request) {
  std::vector<SignedCheckpoint> witnesses;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(request.text, '\n')) {
    ++number;
    line = absl::StripSuffix(line, "\r");
    if (line.empty() || line.front() == '#') continue;
    absl::StatusOr<SignedCheckpoint> read = ReadLine(line, request.check);
    if (!read.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": ", read.status().message()));
    }
    witnesses.push_back(*std::move(read));
  }
  if (witnesses.empty()) {
    return absl::InvalidArgumentError(
        "it holds no checkpoint; use a file that `careroute verify "
        "--export-witness` made");
  }
  return witnesses;
}

std::string WitnessLine(absl::string_view signed_checkpoint) {
  return absl::StrCat(absl::Base64Escape(signed_checkpoint), "\n");
}

void WriteWitnesses(store::Store& store, base::Done<std::string> done) {
  std::make_shared<Writing>(store, std::move(done))->List();
}

}  // namespace careroute::engine
