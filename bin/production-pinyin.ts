/** What `pinyin-pro` is in production: a file of its own, read by the thread that takes a price list and by nothing else. */
export { pinyin } from 'pinyin-pro';
