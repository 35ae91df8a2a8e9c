#pragma once
#include "llama.h"

#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace facet {

/** Ids of texts that were tokenised before, for prompts that are written again and again around the same document. Safe on any thread. */
class TokenCache {
  public:
    /** @param most_bytes of texts and ids together; beyond it those not asked for lately go */
    explicit TokenCache(size_t most_bytes) : half_(most_bytes / 2) {}

    /** Appends the ids of `text`; false when it is not here. */
    bool append(const std::string & text, std::vector<llama_token> & ids);
    void put(std::string text, std::vector<llama_token> ids);

  private:
    using Texts = std::unordered_map<std::string, std::vector<llama_token>>;
    void put_locked(std::string text, std::vector<llama_token> ids);

    std::mutex mutex_;
    const size_t half_;
    size_t recent_bytes_ = 0;
    /** What was asked for since the older ones were set aside. */
    Texts recent_;
    Texts older_;
};

} // namespace facet
