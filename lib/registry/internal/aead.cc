#include "lib/registry/internal/aead.h"

#include <openssl/evp.h>

#include <climits>
#include <utility>
#include <vector>

#include "lib/base/check.h"
#include "lib/base/mutex.h"

namespace careroute::registry::internal {
namespace {

struct Free {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
  void operator()(EVP_CIPHER_CTX* context) const {
    EVP_CIPHER_CTX_free(context);
  }
};
using CipherPointer = std::unique_ptr<EVP_CIPHER, Free>;
using ContextPointer = std::unique_ptr<EVP_CIPHER_CTX, Free>;

// More than the threads of any hub; what is above is freed.
constexpr size_t kIdleContextsMax = 64;

const unsigned char* In(absl::string_view view) {
  return reinterpret_cast<const unsigned char*>(view.data());
}

unsigned char* Out(std::string& bytes, size_t offset) {
  return reinterpret_cast<unsigned char*>(bytes.data()) + offset;
}

int Size(absl::string_view view) {
  CAREROUTE_CHECK(view.size() <= INT_MAX);
  return static_cast<int>(view.size());
}

}  // namespace

// Idle contexts, handed out one to a caller at a time.
class Aead::Contexts {
 public:
  Contexts() : cipher_(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)) {
    CAREROUTE_CHECK(cipher_ != nullptr);
  }

  // Ready for one message in the direction given (1 = seal, 0 = open).
  ContextPointer Take(const Secret& key, absl::string_view nonce, int seal) {
    CAREROUTE_CHECK(key.size() == 32);
    CAREROUTE_CHECK(nonce.size() == kAeadNonceSize);
    ContextPointer context = TakeIdle();
    CAREROUTE_CHECK(EVP_CipherInit_ex2(context.get(), cipher_.get(), key.data(),
                                       In(nonce), seal, nullptr) == 1);
    return context;
  }

  // Resetting overwrites the key in the context and costs next to nothing.
  void GiveBack(ContextPointer context) {
    CAREROUTE_CHECK(EVP_CIPHER_CTX_reset(context.get()) == 1);
    base::MutexLock lock(mutex_);
    if (idle_.size() < kIdleContextsMax) {
      idle_.push_back(std::move(context));
    }
  }

 private:
  ContextPointer TakeIdle() {
    base::MutexLock lock(mutex_);
    if (idle_.empty()) {
      ContextPointer fresh(EVP_CIPHER_CTX_new());
      CAREROUTE_CHECK(fresh != nullptr);
      return fresh;
    }
    ContextPointer context = std::move(idle_.back());
    idle_.pop_back();
    return context;
  }

  const CipherPointer cipher_;
  base::Mutex mutex_;
  std::vector<ContextPointer> idle_ CAREROUTE_GUARDED_BY(mutex_);
};

Aead::Aead(base::Random& random)
    : random_(random), contexts_(std::make_unique<Contexts>()) {}

Aead::~Aead() = default;

std::string Aead::Seal(const Input& input) {
  const std::string nonce = random_.Bytes(kAeadNonceSize);
  std::string sealed;
  sealed.reserve(kAeadOverhead + input.bytes.size());
  sealed.push_back(kAeadVersion);
  sealed.append(nonce);
  sealed.resize(kAeadOverhead + input.bytes.size());
  const size_t start = 1 + kAeadNonceSize;

  ContextPointer context = contexts_->Take(input.key, nonce, 1);
  int done = 0;
  int last = 0;
  CAREROUTE_CHECK(EVP_CipherUpdate(context.get(), nullptr, &done,
                                   In(input.associated),
                                   Size(input.associated)) == 1);
  CAREROUTE_CHECK(EVP_CipherUpdate(context.get(), Out(sealed, start), &done,
                                   In(input.bytes), Size(input.bytes)) == 1);
  const size_t tag = start + input.bytes.size();
  CAREROUTE_CHECK(EVP_CipherFinal_ex(context.get(), Out(sealed, tag), &last) ==
                  1);
  CAREROUTE_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG,
                                      kAeadTagSize, Out(sealed, tag)) == 1);
  contexts_->GiveBack(std::move(context));
  return sealed;
}

std::optional<std::string> Aead::Open(const Input& input) {
  if (input.bytes.size() < kAeadOverhead || input.bytes[0] != kAeadVersion) {
    return std::nullopt;
  }
  const absl::string_view nonce = input.bytes.substr(1, kAeadNonceSize);
  const absl::string_view body = input.bytes.substr(
      1 + kAeadNonceSize, input.bytes.size() - kAeadOverhead);
  std::string tag(input.bytes.substr(input.bytes.size() - kAeadTagSize));
  std::string plain(body.size(), '\0');

  ContextPointer context = contexts_->Take(input.key, nonce, 0);
  int done = 0;
  int last = 0;
  const bool fits =
      EVP_CipherUpdate(context.get(), nullptr, &done, In(input.associated),
                       Size(input.associated)) == 1 &&
      EVP_CipherUpdate(context.get(), Out(plain, 0), &done, In(body),
                       Size(body)) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kAeadTagSize,
                          tag.data()) == 1 &&
      EVP_CipherFinal_ex(context.get(), Out(plain, plain.size()), &last) == 1;
  contexts_->GiveBack(std::move(context));
  if (!fits) {
    Wipe(plain);
    return std::nullopt;
  }
  return plain;
}

}  // namespace careroute::registry::internal
