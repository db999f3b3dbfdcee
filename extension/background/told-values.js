/**
 * Single values of what the backend answered: what is none of its kind, or too much of it, is a strange answer. Pure.
 */
import { Failed } from "./failure.js";

/** @param {unknown} value @param {number} most @returns {any[]} */
export function list(value, most) {
  if (!Array.isArray(value) || value.length > most) throw new Failed("backend-strange");
  return value;
}

/** @param {unknown} value @param {number} longest */
export function text(value, longest) {
  if (typeof value !== "string" || value.length > longest) throw new Failed("backend-strange");
  return value;
}

/** @param {unknown} value @param {number} longest */
export function optionalText(value, longest) {
  return value === null || value === undefined ? null : text(value, longest);
}

/** @param {unknown} value */
export function count(value) {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw new Failed("backend-strange");
  return Number(value);
}

/** @param {unknown} value */
export function optionalCount(value) {
  return value === null || value === undefined ? null : count(value);
}

/** @param {unknown} value */
export function instant(value) {
  if (typeof value !== "string" || value.length > 40 || Number.isNaN(Date.parse(value)))
    throw new Failed("backend-strange");
  return value;
}

/** @param {unknown} value */
export function optionalInstant(value) {
  return value === null || value === undefined ? null : instant(value);
}
